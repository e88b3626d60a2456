using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>What kind of answers versions give: ratings of texts and labels of predictions say nothing of each other.</summary>
/// <param name="store">Where their bundles are.</param>
internal sealed class ServedKind(MlOpsStore store)
{
    /// <summary>What a request to <paramref name="version"/> keeps to.</summary>
    public async Task<RequestContract> OfAsync(ModelVersion version, CancellationToken cancellationToken) =>
        (await ServedModel.OfAsync(await Bundle.OpenAsync(store, version.Bundle, cancellationToken), cancellationToken)).Contract;

    /// <summary>Requires that a version is of the champion's kind.</summary>
    /// <exception cref="UsageException">One answers texts, and the other predicts.</exception>
    public async Task RequireSameAsync(
        DeploymentRequest request, ModelVersion champion, string environment, CancellationToken cancellationToken)
    {
        if ((await OfAsync(champion, cancellationToken)).Rated != (await OfAsync(request.Version, cancellationToken)).Rated)
        {
            throw new UsageException(new Finding(
                "MLB5046", "What serves is of another kind", $"{request.Pipeline}/{environment}",
                $"v{champion.Number} and v{request.Version.Number}: one answers texts, the other predicts", "versions that can be compared",
                "end what serves with ./build.sh Stop, and deploy this one as the first"));
        }
    }
}
