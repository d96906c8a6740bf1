// Every client asks every question, whole and streamed, as its own documentation shows it, and without trying again.
// Reads {"baseURL","apiKey","model","cases":[{"name","prompt","stream"}]}; writes a line of JSON for each answer:
// {"client","name","raised","said"}, said being the text, or what was raised.
import { createDeepSeek } from '@ai-sdk/deepseek'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { ChatOpenAI } from '@langchain/openai'
import { generateText, streamText } from 'ai'
import OpenAI from 'openai'
import { readFileSync } from 'node:fs'

const { baseURL, apiKey, model, cases } = JSON.parse(readFileSync(0, 'utf8'))
const MAX_TOKENS = 50

async function openai({ prompt, stream }) {
  const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 })
  const request = { model, messages: [{ role: 'user', content: prompt }], max_tokens: MAX_TOKENS }
  if (!stream) {
    return (await client.chat.completions.create(request)).choices[0].message.content
  }
  let text = ''
  for await (const chunk of await client.chat.completions.create({ ...request, stream: true })) {
    text += chunk.choices[0]?.delta?.content ?? ''
  }
  return text
}

async function langchain({ prompt, stream }) {
  const chat = new ChatOpenAI({ model, apiKey, maxRetries: 0, maxTokens: MAX_TOKENS, configuration: { baseURL } })
  if (!stream) {
    return (await chat.invoke(prompt)).content
  }
  let text = ''
  for await (const chunk of await chat.stream(prompt)) {
    text += chunk.content
  }
  return text
}

const aiSdk = (provider) => async ({ prompt, stream }) => {
  const request = { model: provider(model), prompt, maxRetries: 0, maxOutputTokens: MAX_TOKENS }
  if (!stream) {
    return (await generateText(request)).text
  }
  let text = ''
  // An error in a stream is told where the AI SDK tells all errors of streams.
  for await (const part of streamText({ ...request, onError() {} }).fullStream) {
    if (part.type === 'error') {
      throw part.error
    }
    text += part.type === 'text-delta' ? part.text : ''
  }
  return text
}

const clients = {
  openai,
  '@langchain/openai': langchain,
  '@ai-sdk/openai-compatible': aiSdk(createOpenAICompatible({ name: 'gogogoapi', baseURL, apiKey })),
  '@ai-sdk/deepseek': aiSdk(createDeepSeek({ baseURL, apiKey })),
}

for (const question of cases) {
  for (const [client, ask] of Object.entries(clients)) {
    let raised = false
    let said
    try {
      said = await ask(question)
    } catch (error) {
      raised = true
      said = String(error?.message ?? error)
    }
    console.log(JSON.stringify({ client, name: question.name, raised, said }))
  }
}
