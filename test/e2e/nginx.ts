/** A real nginx with TLS on loopback, with the configuration that docs/deploy.md tells people to use. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../support/wait-for.js';

/** Where it listens and passes on to. */
export interface NginxPorts {
  tls: number;
  server: number;
  media: number;
}

/** Resolves when it listens. */
export async function startNginx(program: string, ports: NginxPorts, isBelowPath: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const make = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
  const named = ['-subj', '/CN=calls.example.com', '-keyout', key, '-out', certificate];
  execFileSync('openssl', [...make.split(' '), ...named], { stdio: 'ignore' });
  const isRoot = process.getuid?.() === 0;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = `
    daemon off; pid ${folder}/pid; error_log stderr warn;
    ${isRoot ? 'user root;' : ''} worker_processes 1; events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      ${serverBlock(isBelowPath)
        .replace('listen 443', `listen 127.0.0.1:${ports.tls}`)
        .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
        .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`)
        .replaceAll('127.0.0.1:7880', `127.0.0.1:${ports.media}`)
        .replaceAll('127.0.0.1:8787', `127.0.0.1:${ports.server}`)}
    }`;
  writeFileSync(join(folder, 'nginx.conf'), config);
  const child = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf')]);
  let said = '';
  child.stderr.on('data', (part) => (said += String(part)));
  await waitFor(() => child.exitCode !== null || isListening(ports.tls), { what: 'nginx' });
  if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
  return {
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The first example; for a path, with the two places of the second in place of its own. */
function serverBlock(isBelowPath: boolean): string {
  const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
  const [whole = '', below = ''] = [...page.matchAll(/```nginx\n([^]*?)```/g)].map(
    ([, text = '']) => text,
  );
  if (!isBelowPath) return whole;
  const places = [...below.matchAll(/location (\S+) \{\s+proxy_pass (\S+);/g)];
  return places.reduce((text, [, place = '', to = '']) => {
    const plain = place.replace(/^\/voice\/?/, '/');
    return text.replace(
      new RegExp(`location ${plain} \\{\\s+proxy_pass \\S+;`),
      `location ${place} { proxy_pass ${to};`,
    );
  }, whole);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
