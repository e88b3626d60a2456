using MlOpsBuild.Components.Flow;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components;

/// <summary>Sends container images to a registry.</summary>
public interface IPushImage : IHazModelVersion
{
    /// <summary>Sends a version's image to a registry.</summary>
    Target Push => _ => _
        .Description("Sends the container image of --model-version, of what serves, or else the newest one, to --registry HOST/REPOSITORY, as REPOSITORY/PIPELINE:vN and with the digest that it has here")
        .Example("Push --registry ghcr.io/acme/models", "what serves, or the newest version")
        .Executes(this, async (session, ct) =>
        {
            var registry = Registry
                ?? throw new UsageException(
                    new Finding("MLB7069", "No registry to send to", "Push", null, "--registry HOST/REPOSITORY", "name it"));
            foreach (var pipeline in PickedNames)
            {
                await ImageTransfer.PushAsync(
                    session, pipeline, await ExportFlow.VersionAsync(session, pipeline, ModelVersion, ct), registry, ct);
            }
        }, pulls: true);
}
