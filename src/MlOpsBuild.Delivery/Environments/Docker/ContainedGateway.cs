using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>What a gateway in a container was told, remembered on this machine.</summary>
/// <param name="Container">The container's id; another one was told something else.</param>
/// <param name="Options">Its options.</param>
/// <param name="Engine">Where its engine listens: another shell may not say so.</param>
internal sealed record ContainedGateway(string Container, GatewayOptions Options, Uri Engine);
