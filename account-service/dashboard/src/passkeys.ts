// Passkeys as the browser has them: WebAuthn's options and answers, in the JSON that servers speak.

/** Only https, or localhost, has them. */
export const passkeysThere = typeof PublicKeyCredential !== 'undefined'

/** What PublicKeyCredentialCreationOptionsJSON and …RequestOptionsJSON have in binary. */
interface Described { id: string; type: string }
type Options = { challenge: string; user?: { id: string }; excludeCredentials?: Described[]; allowCredentials?: Described[] }

/** Has the device make a passkey. */
export async function makePasskey(options: unknown) {
  const credential = await asked(() => navigator.credentials.create({ publicKey: decoded(options as Options) as unknown as PublicKeyCredentialCreationOptions }))
  const response = credential.response as AuthenticatorAttestationResponse
  return { ...described(credential), response: { clientDataJSON: encode(response.clientDataJSON), attestationObject: encode(response.attestationObject), transports: response.getTransports() } }
}

/** Has a passkey sign; which, the device and its user choose. */
export async function signByPasskey(options: unknown) {
  const credential = await asked(() => navigator.credentials.get({ publicKey: decoded(options as Options) as unknown as PublicKeyCredentialRequestOptions }))
  const response = credential.response as AuthenticatorAssertionResponse
  return {
    ...described(credential),
    response: {
      clientDataJSON: encode(response.clientDataJSON), authenticatorData: encode(response.authenticatorData), signature: encode(response.signature),
      ...(response.userHandle && { userHandle: encode(response.userHandle) }),
    },
  }
}

/** Browsers tell in one way of whoever has no passkey here, cancels, or takes too long, so that no page learns which. */
async function asked(ask: () => Promise<Credential | null>) {
  try {
    const credential = await ask()
    if (credential instanceof PublicKeyCredential) return credential
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') throw new Error('This device has a passkey of yours already.')
    if (!(error instanceof DOMException)) throw error
  }
  throw new Error('No passkey was used: it was cancelled, took too long, or there is none here.')
}

function described(credential: PublicKeyCredential) {
  return { id: credential.id, rawId: encode(credential.rawId), type: credential.type, clientExtensionResults: {} }
}

function decoded(options: Options) {
  const list = (of?: Described[]) => of?.map((one) => ({ ...one, id: decode(one.id) }))
  return {
    ...options,
    challenge: decode(options.challenge),
    ...(options.user && { user: { ...options.user, id: decode(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: list(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: list(options.allowCredentials) }),
  }
}

function encode(bytes: ArrayBuffer) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function decode(text: string) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
}
