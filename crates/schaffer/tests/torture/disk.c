/* A disk that fails at a chosen call. Loaded before the C library (LD_PRELOAD), it counts
 * the calls of all threads that change a file or a name, and at call DISK_AT does what
 * DISK_HOW says:
 *   kill    the process ends before the call
 *   torn    half of a write, then the process ends
 *   power   as kill; then what was not synced is lost: data of files are cut at a random
 *           length, and new names whose folder was not synced may be gone
 *   error   the call fails with errno DISK_ERROR; with DISK_STICKY all later ones do
 * DISK_SEED chooses what power takes. DISK_COUNT names a file for the number of calls.
 *
 * Names undone keep their order: a file system with a journal loses the last ones.
 * A rename that replaced a file is not undone: it would bring back the older whole file. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum how { COUNT, KILL, TORN, POWER, ERROR };
enum verdict { GO_ON, FAIL, HALF };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum how how;
static long calls, fatal;
static int error_number, sticky, failed, known;
static uint64_t dice;

/* Files with data that no sync has followed, and names that no sync of their folder has. */
static struct { char *path; int dirty; } data[1 << 16];
static struct { char *from, *to; int safe; } names[1 << 16];
static int data_count, name_count;

static long number(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text ? atol(text) : otherwise;
}

static void learn(void) {
    if (known) return;
    known = 1;
    const char *text = getenv("DISK_HOW");
    const char *words[] = {"count", "kill", "torn", "power", "error"};
    for (int k = 0; text && k < 5; k++)
        if (!strcmp(text, words[k])) how = k;
    fatal = number("DISK_AT", 0);
    error_number = number("DISK_ERROR", ENOSPC);
    sticky = number("DISK_STICKY", 0);
    dice = 2 * number("DISK_SEED", 1) + 1;
}

static double chance(void) {
    dice ^= dice >> 12, dice ^= dice << 25, dice ^= dice >> 27;
    return (dice * 0x2545f4914f6cdd1dULL >> 11) / 9007199254740992.0;
}

static char *absolute(const char *path) {
    char here[4096], *whole = NULL;
    if (path[0] == '/' || !getcwd(here, sizeof here)) return strdup(path);
    return asprintf(&whole, "%s/%s", here, path) < 0 ? NULL : whole;
}

static char *path_of(int fd, char *room, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlink, link, room, size - 1);
    if (length < 0) return NULL;
    room[length] = 0;
    return room;
}

static void mark(int fd, int dirty) {
    char room[4096];
    const char *path = path_of(fd, room, sizeof room);
    if (!path) return;
    for (int k = data_count - 1; k >= 0; k--)
        if (!strcmp(data[k].path, path)) { data[k].dirty = dirty; return; }
    if (dirty && data_count < 1 << 16) { data[data_count].path = strdup(path); data[data_count++].dirty = 1; }
}

static void note_name(char *from, char *to) {
    if (name_count < 1 << 16) { names[name_count].from = from; names[name_count].to = to; names[name_count++].safe = 0; }
}

static int lies_in(const char *path, const char *folder) {
    const char *last = strrchr(path, '/');
    return last && (size_t)(last - path) == strlen(folder) && !strncmp(path, folder, last - path);
}

/* Paths below a renamed file or folder follow it. */
static void follow(const char *from, const char *to) {
    size_t length = strlen(from);
    for (int k = 0; k < data_count; k++) {
        char *rest = data[k].path + length, *moved = NULL;
        if (strncmp(data[k].path, from, length) || (*rest && *rest != '/')) continue;
        if (asprintf(&moved, "%s%s", to, rest) > 0) data[k].path = moved;
    }
}

static void lose_power(void) {
    for (int k = 0; k < data_count; k++) {
        struct stat now;
        if (!data[k].dirty || stat(data[k].path, &now) || !S_ISREG(now.st_mode)) continue;
        long length = chance() < 0.3 ? 0 : (long)(chance() * now.st_size);
        if (syscall(SYS_truncate, data[k].path, length)) continue;
    }
    for (int k = name_count - 1; k >= 0; k--) {
        if (names[k].safe) continue;
        if (chance() < 0.5) break;
        if (names[k].from) syscall(SYS_rename, names[k].to, names[k].from);
        else syscall(SYS_unlink, names[k].to);
    }
}

static void die(void) {
    if (how == POWER) lose_power();
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

/* Called with the lock held, before each call that changes the disk. */
static enum verdict judge(int is_write) {
    learn();
    int now = ++calls == fatal || (sticky && failed);
    if (how == COUNT || !now) return GO_ON;
    if (how == ERROR) { failed = 1; errno = error_number; return FAIL; }
    if (how == TORN && is_write) return HALF;
    die();
    return GO_ON;
}

__attribute__((destructor)) static void tell(void) {
    const char *path = getenv("DISK_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) { fprintf(file, "%ld\n", calls); fclose(file); }
}

static int is_of_disk(int fd) {
    struct stat now;
    return fd > 2 && !fstat(fd, &now) && (S_ISREG(now.st_mode) || S_ISDIR(now.st_mode));
}

#define GUARDED(fails, is_write, ...)                                                              \
    pthread_mutex_lock(&lock);                                                                     \
    enum verdict verdict = judge(is_write);                                                        \
    if (verdict == FAIL) { pthread_mutex_unlock(&lock); errno = error_number; return fails; }      \
    __VA_ARGS__                                                                                    \
    int kept = errno;                                                                              \
    pthread_mutex_unlock(&lock);                                                                   \
    errno = kept;

ssize_t write(int fd, const void *bytes, size_t count) {
    if (!is_of_disk(fd)) return syscall(SYS_write, fd, bytes, count);
    ssize_t done;
    GUARDED(-1, 1,
        mark(fd, 1);
        done = syscall(SYS_write, fd, bytes, verdict == HALF ? count / 2 : count);
        if (verdict == HALF) die();)
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    ssize_t done;
    GUARDED(-1, 1,
        mark(fd, 1);
        done = syscall(SYS_pwrite64, fd, bytes, verdict == HALF ? count / 2 : count, at);
        if (verdict == HALF) die();)
    return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (!is_of_disk(fd)) return syscall(SYS_writev, fd, parts, count);
    ssize_t done;
    GUARDED(-1, 1,
        mark(fd, 1);
        done = syscall(SYS_writev, fd, parts, verdict == HALF ? 1 : count);
        if (verdict == HALF) die();)
    return done;
}

int ftruncate64(int fd, off64_t length) {
    int done;
    GUARDED(-1, 0, mark(fd, 1); done = syscall(SYS_ftruncate, fd, length);)
    return done;
}

/* Nothing is really synced: the tests work in memory. */
int fsync(int fd) {
    char room[4096];
    GUARDED(-1, 0,
        struct stat now;
        const char *path = path_of(fd, room, sizeof room);
        if (path && !fstat(fd, &now) && S_ISDIR(now.st_mode)) {
            for (int k = 0; k < name_count; k++)
                if (lies_in(names[k].to, path)) names[k].safe = 1;
        } else mark(fd, 0);)
    return 0;
}

int fdatasync(int fd) { return fsync(fd); }

int rename(const char *from, const char *to) {
    int done;
    GUARDED(-1, 0,
        int replaces = !syscall(SYS_access, to, F_OK);
        done = syscall(SYS_rename, from, to);
        if (!done) {
            char *old = absolute(from), *new = absolute(to);
            follow(old, new);
            /* The temporary name is no longer there to be undone. */
            for (int k = 0; k < name_count; k++) if (!strcmp(names[k].to, old)) names[k].safe = 1;
            if (!replaces) note_name(old, new);
        })
    return done;
}

int link(const char *from, const char *to) {
    int done;
    GUARDED(-1, 0, done = syscall(SYS_link, from, to); if (!done) note_name(NULL, absolute(to));)
    return done;
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    int done;
    GUARDED(-1, 0, done = syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
        if (!done && to_folder == AT_FDCWD) note_name(NULL, absolute(to));)
    return done;
}

int mkdir(const char *path, mode_t mode) {
    int done;
    GUARDED(-1, 0, done = syscall(SYS_mkdir, path, mode);)
    return done;
}

int unlink(const char *path) {
    int done;
    GUARDED(-1, 0, done = syscall(SYS_unlink, path);)
    return done;
}

int unlinkat(int folder, const char *path, int flags) {
    int done;
    GUARDED(-1, 0, done = syscall(SYS_unlinkat, folder, path, flags);)
    return done;
}

int rmdir(const char *path) {
    int done;
    GUARDED(-1, 0, done = syscall(SYS_rmdir, path);)
    return done;
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
    if (!(flags & O_CREAT)) return syscall(SYS_openat, folder, path, flags, mode);
    int fd;
    GUARDED(-1, 0,
        int is_new = syscall(SYS_faccessat, folder, path, F_OK) != 0;
        fd = syscall(SYS_openat, folder, path, flags, mode);
        if (fd >= 0 && is_new && folder == AT_FDCWD) note_name(NULL, absolute(path));)
    return fd;
}

#define WITH_MODE(folder)                                                                          \
    va_list rest;                                                                                  \
    va_start(rest, flags);                                                                         \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;                      \
    va_end(rest);                                                                                  \
    return opened(folder, path, flags, mode);

int open(const char *path, int flags, ...) { WITH_MODE(AT_FDCWD) }
int open64(const char *path, int flags, ...) { WITH_MODE(AT_FDCWD) }
int openat(int folder, const char *path, int flags, ...) { WITH_MODE(folder) }
int openat64(int folder, const char *path, int flags, ...) { WITH_MODE(folder) }

/* Copies go through read and write, where they are counted. */
ssize_t copy_file_range(int a, off64_t *b, int c, off64_t *d, size_t e, unsigned f) {
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
    errno = ENOSYS;
    return -1;
}
ssize_t sendfile64(int a, int b, off64_t *c, size_t d) {
    (void)a, (void)b, (void)c, (void)d;
    errno = ENOSYS;
    return -1;
}
