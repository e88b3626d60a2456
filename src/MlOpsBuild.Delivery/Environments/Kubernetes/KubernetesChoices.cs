using MlOpsBuild.Packaging.Images;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>What a build brings to a cluster.</summary>
/// <param name="Owner">
/// Whose objects they are: the repository of the pipeline's images. What has another owner is not touched; null, where no registry is
/// named, takes whose it is from what serves.
/// </param>
/// <param name="PublishAsync">Sends an image to where nodes pull from; how they name it, by digest.</param>
/// <param name="Purpose">What for beside serving, for example <c>test</c>; null for serving.</param>
/// <param name="TakeOver">Whether fields that others manage are taken over.</param>
public sealed record KubernetesChoices(
    string? Owner, Func<VersionImage, CancellationToken, Task<string>> PublishAsync, string? Purpose = null, bool TakeOver = false);
