// A real OpenID provider on loopback: `node oidc_provider.mjs REDIRECT_URI`, with NODE_PATH-like ORDSKIFTE_PEERS.
// Anyone signs in with the name that is typed; the name is the subject, and tells what the provider says about it:
// "kim@eksempel.no" has that address verified, "kim@eksempel.no unverified" has it unverified. Prints its port.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.env.ORDSKIFTE_PEERS}/`));
const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));
const { createServer } = await import("node:http");

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "ordskifte",
        client_secret: "a secret: with / odd + signs",
        redirect_uris: [process.argv[2]],
        token_endpoint_auth_method: process.argv[3] || "client_secret_basic",
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    conformIdTokenClaims: process.argv[4] !== "in-token",
    cookies: { keys: ["only for tests"] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: id.split(" ")[0],
        email_verified: !id.endsWith(" unverified"),
      }),
    }),
  });
  server.on("request", provider.callback());
  process.stdout.write(`${issuer}\n`);
});
