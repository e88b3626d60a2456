using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>Of an image both count: who made it, and of which bundle.</summary>
internal static class ImageOrigin
{
    /// <summary>Requires both, where the environment trusts keys.</summary>
    /// <exception cref="StageFailedException">Nobody whom it trusts says so.</exception>
    public static async Task RequireAsync(
        MlOpsStore store, int version, ServedModel model, VersionImage image, CancellationToken cancellationToken)
    {
        var keys = store.Trust.Keys;
        var problem = !keys.Demands ? null
            : !await ImageSignature.IsSignedAsync(store, image.Name, image.Manifest, keys, cancellationToken)
                ? "Its image is not signed by anybody this environment trusts"
            : model.Origin.Statement is { } signed
                && !await ImageAttestations.SayAsync(store, image.Name, image.Manifest, signed.Bundle, keys, cancellationToken)
                ? "Nobody this environment trusts says that its image was made of its bundle"
            : null;
        if (problem != null)
        {
            throw new StageFailedException(
                $"v{version} is not served",
                [new(
                    "MLB5013", problem, image.Name, image.Manifest.Abbreviated, "a signature by a key in .nuke/keys",
                    $"package it where {Trust.Variable} is set")],
                Verdict.Failed);
        }
    }
}
