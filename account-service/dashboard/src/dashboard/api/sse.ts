/** What server-sent events carry, as it comes; `alive` is told whenever anything comes, a comment included. */
export async function* dataOf(body: ReadableStream<Uint8Array>, alive: () => void = () => {}): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let text = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      alive()
      const blocks = (text + value).split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = block.split('\n').find((line) => line.startsWith('data: '))
        if (data) yield data.slice('data: '.length)
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
