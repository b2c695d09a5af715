//! Threads, which the system may refuse: work is done on as many of those asked for as it
//! grants, and at least on the calling one. No result depends on how many there are.

use std::thread::{self, Builder, Scope};

/// Starts up to `wanted` threads of a scope, each of which does `work`; returns how many
/// the system granted.
pub fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    wanted: usize,
    work: &(impl FnOnce() + Clone + Send + 'scope),
) -> usize {
    (0..wanted).take_while(|_| Builder::new().spawn_scoped(scope, work.clone()).is_ok()).count()
}

/// Does `work` on up to `threads` threads at once, of which the calling one is the first.
/// They share what is to be done.
pub fn together(threads: usize, work: impl Fn() + Sync) {
    thread::scope(|scope| {
        start(scope, threads.saturating_sub(1), &&work);
        work();
    });
}

/// Does `work` in a pool of up to `jobs` threads, at least 1; in the calling one if the
/// system grants no other. Parallel iterators in `work` use the pool.
///
/// # Errors
/// What the system says, if not even the calling thread can be used.
pub fn pooled<T: Send>(jobs: usize, work: impl FnOnce() -> T + Send) -> Result<T, String> {
    let mut threads = jobs.max(1);
    loop {
        match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
            Ok(pool) => return Ok(pool.install(work)),
            Err(_) if threads > 1 => threads /= 2,
            Err(_) => break,
        }
    }
    // The calling thread stays in its pool of one for as long as it lives.
    if rayon::current_thread_index().is_some() {
        return Ok(work());
    }
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    Ok(alone.map_err(|reason| reason.to_string())?.install(work))
}
