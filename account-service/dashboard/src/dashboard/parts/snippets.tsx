import { useId, useState } from 'react'
import { Copy } from './source'

const IN = ['curl', 'Python', 'JavaScript', 'Java'] as const

interface Run { model: string; prompt: string; limit?: number }

/** The same request by a program, with a key of its own. */
export function Snippets({ of }: { of: Run }) {
  const [language, setLanguage] = useState<(typeof IN)[number]>('curl')
  const id = useId()
  const text = written(language, of)
  return (
    <>
      <div className="field"><label htmlFor={id}>By a program, in</label>
        <select id={id} value={language} onChange={(event) => setLanguage(event.target.value as typeof language)}>{IN.map((one) => <option key={one}>{one}</option>)}</select></div>
      <pre tabIndex={0} data-snippet>{text}</pre>
      <p className="actions"><Copy text={text} label={`Copy the ${language}`} /></p>
    </>
  )
}

function written(language: (typeof IN)[number], { model, prompt, limit }: Run) {
  const base = `${location.origin}/v1`
  switch (language) {
    case 'curl': {
      const body = JSON.stringify({ model, messages: [{ role: 'user', content: prompt }], ...(limit && { max_tokens: limit }) })
      return `curl -s ${base}/chat/completions -H "Authorization: Bearer $KEY" \\\n  -d '${body.replaceAll("'", "'\\''")}'`
    }
    // A JSON string is also one of Python and of JavaScript; Java's knows the same escapes.
    case 'Python': return `# pip install openai
import os
from openai import OpenAI

client = OpenAI(base_url="${base}", api_key=os.environ["KEY"])
answer = client.chat.completions.create(
    model=${JSON.stringify(model)},
    messages=[{"role": "user", "content": ${JSON.stringify(prompt)}}],${limit ? `\n    max_tokens=${limit},` : ''}
)
print(answer.choices[0].message.content, answer.usage.cost_usd)`
    case 'JavaScript': return `// npm install openai
import OpenAI from 'openai'

const client = new OpenAI({ baseURL: '${base}', apiKey: process.env.KEY })
const answer = await client.chat.completions.create({
  model: ${JSON.stringify(model)},
  messages: [{ role: 'user', content: ${JSON.stringify(prompt)} }],${limit ? `\n  max_tokens: ${limit},` : ''}
})
console.log(answer.choices[0].message.content, answer.usage.cost_usd)`
    case 'Java': return `// com.openai:openai-java
var client = OpenAIOkHttpClient.builder()
    .baseUrl("${base}")
    .apiKey(System.getenv("KEY"))
    .build();
var answer = client.chat().completions().create(ChatCompletionCreateParams.builder()
    .model(${JSON.stringify(model)})
    .addUserMessage(${JSON.stringify(prompt)})${limit ? `\n    .maxTokens(${limit}L)` : ''}
    .build());
System.out.println(answer.choices().getFirst().message().content().orElse(""));`
  }
}
