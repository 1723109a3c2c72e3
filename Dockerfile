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

FROM ${NODE} AS agent
WORKDIR /app
ENV NODE_ENV=production VOICE_MODELS_DIR=/data/voice
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
COPY .npmrc deploy/agent/package.json deploy/agent/package-lock.json ./
RUN npm ci --no-audit --no-fund && npm cache clean --force
COPY --from=build /build/dist dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
CMD ["sh", "-c", "node dist/server/agent/offline/fetch-models.js && exec node dist/server/agent/main.js"]
