/* Key files, in bytes (158, then base64):
 *
 *     0 "Ed"   2 "Sc" or 00 00   4 "B2"   6 salt, 32   38 operations, 8   46 memory, 8
 *     54 key id, 8   62 seed and public key, 64   126 check, 32
 *
 * With a password all from 54 on is XORed with scrypt of password and salt; the check tells a wrong password from the right one. */
#include "log/signer_key.h"

#include <sodium.h>
#include <string.h>

#include "base/bytes.h"
#include "random/base64.h"

#define COMMENT      "untrusted comment: "
#define FILE_BYTES   158u
#define CODED_BYTES  212u /* in base64 */
#define AT_SALT      6u
#define AT_OPERATION 38u
#define AT_MEMORY    46u
#define AT_HIDDEN    54u
#define AT_SECRET    62u
#define AT_CHECK     126u
#define HIDDEN_BYTES (FILE_BYTES - AT_HIDDEN)
#define LEAST_COST   32768u /* operations; libsodium takes less as this */
#define LEAST_MEMORY 16777216u

_Static_assert(sodium_base64_ENCODED_LEN(FILE_BYTES, sodium_base64_VARIANT_ORIGINAL) == CODED_BYTES + 1, "base64");

const sunlot_key_cost sunlot_key_cost_most = {crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE, crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE};

/* What a file is worked out in; locked memory. */
typedef struct {
    uint8_t bytes[FILE_BYTES], stream[HIDDEN_BYTES], check[32], public_[32], secret[64];
    char coded[CODED_BYTES + 1];
} key_room;

/* ---- keys ------------------------------------------------------------------------------------------------------------------------ */

sunlot_err sunlot_party_key_new(sunlot_party_key **out, const uint8_t random40[40])
{
    sunlot_party_key *key = sunlot_locked_new(sizeof *key);
    if (key == NULL) return SUNLOT_ERR_MEMORY;
    crypto_sign_seed_keypair(key->signer.public_, key->signer.secret, random40);
    memcpy(key->id8, random40 + 32, sizeof key->id8);
    *out = key;
    return SUNLOT_OK;
}

void sunlot_party_key_free(sunlot_party_key *key) { sunlot_locked_free(key); }

const uint8_t *sunlot_party_key_secret(const sunlot_party_key *key) { return key->signer.secret; }
const uint8_t *sunlot_party_key_public(const sunlot_party_key *key) { return key->signer.public_; }

sunlot_err sunlot_party_key_publish(sunlot_buffer *out, const sunlot_party_key *key)
{
    return sunlot_minisign_pub(out, &key->signer, key->id8) ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

/* ---- the second line of a file --------------------------------------------------------------------------------------------------------- */

/* What stands between the comment and the end of the file, without line end; empty if it is no such file.  Files that passed through a
 * system that ends lines with CR LF are as good. */
static sunlot_text coded_line(sunlot_text file)
{
    sunlot_text rest, none = {NULL, 0};
    const sunlot_text comment = sunlot_text_split(file, '\n', &rest);
    if (!sunlot_text_starts(comment, SUNLOT_TEXT(COMMENT)) || rest.n == 0) return none;
    sunlot_text line = sunlot_text_split(rest, '\n', &rest);
    if (rest.n != 0) return none;
    if (line.n > 0 && line.p[line.n - 1] == '\r') line.n--;
    return line;
}

static bool decode(key_room *room, sunlot_text line)
{
    size_t have = 0;
    return line.n == CODED_BYTES && sodium_base642bin(room->bytes, FILE_BYTES, line.p, line.n, NULL, &have, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
           have == FILE_BYTES && memcmp(room->bytes, "Ed", 2) == 0 && memcmp(room->bytes + 4, "B2", 2) == 0 &&
           (memcmp(room->bytes + 2, "Sc", 2) == 0 || memcmp(room->bytes + 2, "\0\0", 2) == 0);
}

static bool has_password(const key_room *room) { return room->bytes[2] != 0; }

sunlot_err sunlot_key_file_form(sunlot_key_form *out, sunlot_text file)
{
    const sunlot_text line = coded_line(file);
    if (sunlot_minisign_key_check(line)) {
        *out = SUNLOT_KEY_PUBLIC;
        return SUNLOT_OK;
    }
    key_room *room = sunlot_locked_new(sizeof *room);
    if (room == NULL) return SUNLOT_ERR_MEMORY;
    *out = !decode(room, line) ? SUNLOT_KEY_UNKNOWN : has_password(room) ? SUNLOT_KEY_PASSWORD : SUNLOT_KEY_PLAIN;
    sunlot_locked_free(room);
    return SUNLOT_OK;
}

bool sunlot_key_file_public(sunlot_text *line, sunlot_text file)
{
    *line = coded_line(file);
    return sunlot_minisign_key_check(*line);
}

/* ---- secrets ------------------------------------------------------------------------------------------------------------------------ */

static uint64_t load(const uint8_t bytes[8])
{
    uint64_t number = 0;
    for (int i = 7; i >= 0; i--) number = number << 8 | bytes[i];
    return number;
}

static void save(uint8_t bytes[8], uint64_t number)
{
    for (int i = 0; i < 8; i++, number >>= 8) bytes[i] = (uint8_t)number;
}

static void work_out_check(key_room *room)
{
    crypto_generichash_state s;
    crypto_generichash_init(&s, NULL, 0, sizeof room->check);
    crypto_generichash_update(&s, room->bytes, 2);
    crypto_generichash_update(&s, room->bytes + AT_HIDDEN, AT_CHECK - AT_HIDDEN);
    crypto_generichash_final(&s, room->check, sizeof room->check);
    sodium_memzero(&s, sizeof s);
}

/* XOR what is hidden, by the password and what the file says of it.  False without memory. */
static bool turn(key_room *room, sunlot_text password)
{
    const uint64_t operations = load(room->bytes + AT_OPERATION), memory = load(room->bytes + AT_MEMORY);
    if (crypto_pwhash_scryptsalsa208sha256(room->stream, sizeof room->stream, password.p, password.n, room->bytes + AT_SALT, operations, (size_t)memory) != 0)
        return false;
    for (size_t i = 0; i < HIDDEN_BYTES; i++) room->bytes[AT_HIDDEN + i] ^= room->stream[i];
    return true;
}

/* Take the key from what is no longer hidden.  A public key that is not that of the seed would make signatures give the secret away. */
static sunlot_err take(sunlot_party_key **out, key_room *room)
{
    work_out_check(room);
    const bool holds = sodium_memcmp(room->check, room->bytes + AT_CHECK, sizeof room->check) == 0;
    if (!holds && has_password(room)) return SUNLOT_ERR_PASSWORD;
    if (!holds && !sodium_is_zero(room->bytes + AT_CHECK, sizeof room->check)) return SUNLOT_ERR_KEY_FILE;
    crypto_sign_seed_keypair(room->public_, room->secret, room->bytes + AT_SECRET);
    if (sodium_memcmp(room->secret, room->bytes + AT_SECRET, sizeof room->secret) != 0) return SUNLOT_ERR_KEY_FILE;
    sunlot_party_key *key = sunlot_locked_new(sizeof *key);
    if (key == NULL) return SUNLOT_ERR_MEMORY;
    memcpy(key->id8, room->bytes + AT_HIDDEN, sizeof key->id8);
    memcpy(key->signer.secret, room->secret, sizeof room->secret);
    memcpy(key->signer.public_, room->public_, sizeof room->public_);
    *out = key;
    return SUNLOT_OK;
}

/* A file that asks for more than minisign ever does is made to make a program wait. */
static sunlot_err open_room(sunlot_party_key **out, key_room *room, sunlot_text line, sunlot_text password)
{
    if (!decode(room, line)) return SUNLOT_ERR_KEY_FILE;
    if (has_password(room)) {
        if (load(room->bytes + AT_OPERATION) > sunlot_key_cost_most.operations || load(room->bytes + AT_MEMORY) > sunlot_key_cost_most.memory)
            return SUNLOT_ERR_KEY_FILE;
        if (!turn(room, password)) return SUNLOT_ERR_MEMORY;
    }
    return take(out, room);
}

sunlot_err sunlot_party_key_read(sunlot_party_key **out, sunlot_text file, sunlot_text password)
{
    key_room *room = sunlot_locked_new(sizeof *room);
    if (room == NULL) return SUNLOT_ERR_MEMORY;
    const sunlot_err err = open_room(out, room, coded_line(file), password);
    sunlot_locked_free(room);
    return err;
}

static bool close_room(key_room *room, const sunlot_party_key *key, sunlot_text password, const uint8_t salt32[32], sunlot_key_cost cost)
{
    memcpy(room->bytes, "Ed\0\0B2", 6);
    memcpy(room->bytes + AT_HIDDEN, key->id8, sizeof key->id8);
    memcpy(room->bytes + AT_SECRET, key->signer.secret, sizeof key->signer.secret);
    work_out_check(room);
    memcpy(room->bytes + AT_CHECK, room->check, sizeof room->check);
    if (password.n == 0) return true;
    memcpy(room->bytes + 2, "Sc", 2);
    memcpy(room->bytes + AT_SALT, salt32, 32);
    save(room->bytes + AT_OPERATION, cost.operations);
    save(room->bytes + AT_MEMORY, cost.memory);
    return turn(room, password);
}

sunlot_err sunlot_party_key_write_cost(sunlot_buffer *out, const sunlot_party_key *key, sunlot_text password, const uint8_t salt32[32], sunlot_key_cost cost)
{
    static const char comment[] = "untrusted comment: sunlot secret key\n";
    key_room *room = sunlot_locked_new(sizeof *room);
    /* Room is made at once: a buffer that grows leaves copies. */
    bool complete = room != NULL && close_room(room, key, password, salt32, cost) && sunlot_buffer_reserve(out, sizeof comment + CODED_BYTES + 1);
    if (complete) {
        sodium_bin2base64(room->coded, sizeof room->coded, room->bytes, FILE_BYTES, sodium_base64_VARIANT_ORIGINAL);
        complete = sunlot_buffer_string(out, comment) && sunlot_buffer_string(out, room->coded) && sunlot_buffer_byte(out, '\n');
    }
    sunlot_locked_free(room);
    return complete ? SUNLOT_OK : SUNLOT_ERR_MEMORY;
}

/* Where there is not so much memory, half of the cost and half again, as minisign does. */
sunlot_err sunlot_party_key_write(sunlot_buffer *out, const sunlot_party_key *key, sunlot_text password, const uint8_t salt32[32])
{
    sunlot_key_cost cost = sunlot_key_cost_most;
    sunlot_err err = SUNLOT_ERR_MEMORY;
    while (err == SUNLOT_ERR_MEMORY && cost.operations >= LEAST_COST && cost.memory >= LEAST_MEMORY) {
        err = sunlot_party_key_write_cost(out, key, password, salt32, cost);
        cost.operations /= 2;
        cost.memory /= 2;
    }
    return err;
}
