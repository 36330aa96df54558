import type { Endpoint } from "./server-endpoint";

/**
 * Settings of a small server that loses nothing: durability stays as PostgreSQL ships it (fsync, synchronous_commit
 * and full_page_writes on); memory and processes are few, so that relay and database fit in 200 MB.
 */
export function serverSettings(endpoint: Endpoint, major: number): readonly string[] {
  return [
    ...place(endpoint),
    "max_connections=40",
    "shared_buffers=32MB",
    "maintenance_work_mem=32MB",
    "max_wal_size=256MB",
    "jit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_worker_processes=2",
    "max_parallel_workers_per_gather=0",
    "max_logical_replication_workers=0",
    "autovacuum_max_workers=2",
    // The inbox and the queue are small and churn: clean them early.
    "autovacuum_vacuum_scale_factor=0.02",
    // Rows may hold customer data; the server's log must not.
    "log_checkpoints=off",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    // Reading in the server process itself saves three processes; the working set is in memory anyway.
    ...(major >= 18 ? ["io_method=sync"] : []),
  ];
}

function place({ socketDir, port }: Endpoint): readonly string[] {
  return socketDir === null
    ? ["listen_addresses=127.0.0.1", `port=${port}`]
    : ["listen_addresses=", `port=${port}`, `unix_socket_directories=${socketDir}`, "unix_socket_permissions=0700"];
}
