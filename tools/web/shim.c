/* What libsodium and the C library ask of a system, without one: the module has no imports.
 *
 * sodium_init would look at the processor and open a source of randomness.  Here there are vectors of 128 bits, for ChaCha20; all else is portable, and a
 * verifier draws nothing.  What must not happen traps, and the worker says so. */
#include <sodium.h>

#include "private/implementations.h"

int sodium_runtime_has_ssse3(void) { return 1; }

int sodium_init(void) { return _crypto_stream_chacha20_pick_best_implementation(); }

void sodium_misuse(void) { __builtin_trap(); }

_Noreturn void __assert_fail(const char *what, const char *file, int line, const char *function);
_Noreturn void __assert_fail(const char *what, const char *file, int line, const char *function)
{
    (void)what, (void)file, (void)line, (void)function;
    __builtin_trap();
}
