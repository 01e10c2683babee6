/**
 * node keeper.mjs '{"port", "folder", "user", "signal", "program", "args"}': starts a server for a test run and ends it when
 * the run is over, however that ended. The run listens on `port` of 127.0.0.1; this connection to it breaks when the run
 * says so or is gone, by SIGKILL too. The server is this process's own child: no id is read from anywhere, and no server
 * can start once the run is gone. What goes with it is the server's folder, and the folder of the run when it is the last.
 */
import { spawn } from 'node:child_process';
import { rmdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';

const { port, folder, user, signal, program, args } = JSON.parse(process.argv[2]);

/** How long a server may take to end cleanly. What it holds is thrown away either way. */
const PATIENCE_MS = 5000;

let server;
let over = false;

function begin() {
  if (over) return;
  server = spawn(program, args, { ...user, cwd: folder, stdio: 'inherit' });
  server.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  server.on('exit', (code) => {
    if (over) cleanUp();
    process.exit(over ? 0 : (code ?? 1));
  });
}

function end() {
  if (over) return;
  over = true;
  if (server === undefined) {
    cleanUp();
    process.exit(0);
  }
  server.kill(signal);
  setTimeout(() => server.kill('SIGKILL'), PATIENCE_MS);
}

function cleanUp() {
  try {
    for (const path of [folder, `${folder}.json`, `${folder}.json.part`])
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    rmdirSync(dirname(folder));
  } catch {
    // The run itself or the keeper of another server removes what is left.
  }
}

// Half open: that this end closes only when the server has ended tells the run so.
const run = connect({ host: '127.0.0.1', port, allowHalfOpen: true }, begin);
run.on('error', end);
run.on('end', end);
run.on('close', end);
run.resume();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, end);
