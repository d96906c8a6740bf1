// An OpenID provider that is a real one (npm oidc-provider), for one client and whoever signs in with a made-up address.
// node openid-provider.mjs PORT REDIRECT_URI — prints its issuer when it is ready. An address that begins with "unverified" it has
// not made sure of.
import Provider from 'oidc-provider'

const [port, redirectUri] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const provider = new Provider(issuer, {
  clients: [{ client_id: 'gogogoapi', client_secret: 'a-secret-of-a-test', redirect_uris: [redirectUri], response_types: ['code'], grant_types: ['authorization_code'] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['a-key-of-a-test'] },
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unverified') }) }),
})
provider.listen(Number(port), '127.0.0.1', () => console.log(issuer))
