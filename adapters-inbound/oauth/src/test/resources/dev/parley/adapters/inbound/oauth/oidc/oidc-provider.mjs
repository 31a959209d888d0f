// node oidc-provider.mjs NODE_MODULES: the OpenID provider of npm, on two free loopback ports as two
// issuers with the same keys. Says "ready ISSUER OTHER"; obeys lines of "rotate", "down" and "up" and
// says "done" after each.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { default: Provider } = await import(
  pathToFileURL(path.join(process.argv[2], 'oidc-provider/lib/index.js')));

const ROLES = { member: ['parley-user'], brief: ['parley-user'] };

const client = (id) => ({
  client_id: id,
  client_secret: `${id}-secret`,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
});

const newKey = () => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  kid: randomUUID(),
  use: 'sig',
  alg: 'RS256',
});

const provider = (issuer, key) =>
  new Provider(issuer, {
    clients: [client('member'), client('guest'), client('brief')],
    jwks: { keys: [key] },
    scopes: ['mcp:tools'],
    extraTokenClaims: (_ctx, token) => ({ roles: ROLES[token.clientId] ?? [] }),
    features: {
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx, resource, asking) => ({
          scope: 'mcp:tools',
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: asking.clientId === 'brief' ? 2 : 600,
        }),
      },
    },
  }).callback();

const listen = (server, port) =>
  new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server.address().port)));

const key = newKey();
const servers = [];
for (let i = 0; i < 2; i++) {
  const server = createServer((request, response) => server.answer(request, response));
  server.issuerPort = await listen(server, 0);
  server.issuer = `http://127.0.0.1:${server.issuerPort}`;
  server.answer = provider(server.issuer, key);
  servers.push(server);
}
console.log(`ready ${servers[0].issuer} ${servers[1].issuer}`);

for await (const line of createInterface({ input: process.stdin })) {
  const [server] = servers;
  if (line === 'rotate') {
    server.answer = provider(server.issuer, newKey());
  } else if (line === 'down') {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  } else if (line === 'up') {
    await listen(server, server.issuerPort);
  }
  console.log('done');
}
process.exit(0);
