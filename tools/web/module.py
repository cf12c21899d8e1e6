"""core.wasm: the library, core.c and what it needs of the tools, libsodium and libcsv."""
import concurrent.futures
import glob
import hashlib
import os
import subprocess

CLANG = os.environ.get("WEB_CLANG", "clang-14")
LINKER = "wasm-ld-14"
# Of the compiler and the C library of Debian 12: with them the page has the same bytes everywhere.
C_LIBRARY = ["/usr/lib/wasm32-wasi/crt1-reactor.o", "/usr/lib/wasm32-wasi/libc.a", "/usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a"]
COMPILED_WITH = "a95a1a89da57288c0d81a82a22a632201dc389e7a896c2877462b0a7f671a6e6"
TOOLS = ["common/characters", "common/json", "verify/figures_json", "verify/odds_json", "verify/verify_json", "verify/verify_logs", "verify/verify_receipt_json", "verify/verify_report"]
SODIUM = """
    crypto_auth/hmacsha256/auth_hmacsha256 crypto_core/ed25519/core_ed25519 crypto_core/ed25519/ref10/ed25519_ref10
    crypto_generichash/blake2b/generichash_blake2 crypto_generichash/blake2b/ref/blake2b-compress-ref crypto_generichash/blake2b/ref/blake2b-ref
    crypto_generichash/blake2b/ref/generichash_blake2b crypto_generichash/crypto_generichash crypto_hash/sha256/cp/hash_sha256_cp
    crypto_hash/sha256/hash_sha256 crypto_hash/sha512/cp/hash_sha512_cp crypto_hash/sha512/hash_sha512 crypto_sign/crypto_sign
    crypto_sign/ed25519/ref10/open crypto_sign/ed25519/ref10/sign crypto_sign/ed25519/sign_ed25519
    crypto_stream/chacha20/dolbeau/chacha20_dolbeau-ssse3 crypto_stream/chacha20/ref/chacha20_ref crypto_stream/chacha20/stream_chacha20
    crypto_verify/sodium/verify sodium/codecs sodium/utils""".split()
TARGET = ["--target=wasm32-wasi"]
FLAGS = ["-ffunction-sections", "-fdata-sections", "-mbulk-memory", "-msign-ext", "-ftls-model=local-exec"]
# Vectors of 128 bits for ChaCha20, a quarter of the time without them: every browser that can be told to allow WebAssembly and not eval (the page's
# policy) has them, but Safari before 16.4.  For nothing else: clang 14 loads some splats after a store that should come later (emmintrin.h).
VECTORS = ["-msimd128", "-Itools/web/intrinsics", "-DHAVE_EMMINTRIN_H=1", "-DHAVE_TMMINTRIN_H=1"]
# Without -O at the link: with it the compiler calls wasm-opt where a machine has it, and the bytes are other ones.
# A stack before all data: overflowing it traps.  Memory up to all that 32 bits reach.
LINK = ["-mexec-model=reactor", "-Wl,--gc-sections,--strip-all,--stack-first,-z,stack-size=1048576,--max-memory=4294967296"]


class Refused(Exception):
    pass


def version_header(folder, sodium):
    """What libsodium's configure would make of version.h.in."""
    with open(f"{sodium}/src/libsodium/include/sodium/version.h.in", encoding="utf-8") as file:
        text = file.read()
    for mark, value in {"VERSION": "1.0.18", "SODIUM_LIBRARY_VERSION_MAJOR": "10", "SODIUM_LIBRARY_VERSION_MINOR": "3", "SODIUM_LIBRARY_MINIMAL_DEF": ""}.items():
        text = text.replace(f"@{mark}@", value)
    os.makedirs(f"{folder}/include/sodium", exist_ok=True)
    with open(f"{folder}/include/sodium/version.h", "w", encoding="utf-8") as file:
        file.write(text)


def units(folder, unpacked):
    """(source, flags of its own) of every object."""
    sodium, csv = unpacked["sodium"], unpacked["csv"]
    warn = ["-Wall", "-Wextra", "-Wno-type-limits", "-Wno-tautological-constant-out-of-range-compare"] + (["-Werror"] if os.environ.get("WERROR") else [])
    headers = [part for path in (f"{folder}/include", f"{folder}/include/sodium", f"{sodium}/src/libsodium/include", f"{sodium}/src/libsodium/include/sodium", csv)
               for part in ("-isystem", path)]
    ours = ["-std=c11", "-Iinclude", *warn]
    for source in sorted(glob.glob("src/*/*.c")):
        yield source, [*ours, "-Isrc", *headers, "-O3" if source.startswith("src/place/") else "-O2"]
    for name in TOOLS:
        yield f"tools/{name}.c", [*ours, "-Itools", "-O2"]
    yield "tools/web/core.c", [*ours, "-Itools", "-O2"]
    yield "tools/web/shim.c", [*ours, *headers, "-O2"]
    library = ["-std=gnu11", "-O2", "-DCONFIGURED=1", "-DNATIVE_LITTLE_ENDIAN=1", "-DHAVE_EXPLICIT_BZERO=1", "-D_GNU_SOURCE", "-D_WASI_EMULATED_SIGNAL", *headers]
    for name in SODIUM:
        yield f"{sodium}/src/libsodium/{name}.c", library + (VECTORS if "chacha20" in name else [])
    yield f"{csv}/libcsv.c", library


def compiled_with():
    """The digest of what compiles and of the C library that is linked."""
    digest = hashlib.sha256()
    for name in C_LIBRARY:
        if os.path.exists(name):
            with open(name, "rb") as file:
                digest.update(file.read())
    first = [subprocess.run([program, "--version"], capture_output=True, text=True).stdout.splitlines()[:1] for program in (CLANG, LINKER)]
    digest.update("\n".join(line for lines in first for line in lines).encode())
    return digest.hexdigest()


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.stderr:
        print(done.stderr, end="")
    if done.returncode != 0:
        raise Refused(f"{command[0]} failed: {command[-1]}")


def built(folder, unpacked):
    """Returns the bytes of the module, which is in core.wasm too."""
    version_header(folder, unpacked["sodium"])
    # No path of this machine comes into an object.
    maps = [f"-ffile-prefix-map={unpacked['sodium']}=/libsodium", f"-ffile-prefix-map={unpacked['csv']}=/libcsv", f"-ffile-prefix-map={folder}=/web",
            f"-ffile-prefix-map={os.getcwd()}=/sunlot"]
    os.makedirs(f"{folder}/objects", exist_ok=True)
    commands, objects = [], []
    for source, flags in units(folder, unpacked):
        name = f"{folder}/objects/" + os.path.relpath(source, folder if source.startswith(folder) else ".").replace("/", "_")[:-2] + ".o"
        objects.append(name)
        commands.append([CLANG, *TARGET, *FLAGS, *maps, "-DSODIUM_STATIC", *flags, "-c", source, "-o", name])
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(run, commands))
    module = f"{folder}/core.wasm"
    run([CLANG, *TARGET, *objects, *LINK, "-o", module])
    with open(module, "rb") as file:
        return file.read()
