using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Makes a tested, numbered bundle of the model.</summary>
public interface IPackageModel : ITestModel, IHazServer, IHazModelVersion, IHazPlatforms
{
    /// <summary>Leaves the container image out.</summary>
    [Parameter("With Package: makes no container image")]
    bool NoImage => TryGetValue<bool?>(() => NoImage) ?? false;

    /// <summary>The image below everything else.</summary>
    [Parameter("With Package: the image to build on, REF@sha256:DIGEST in a registry; the C library of this machine by default")]
    string? BaseImage => TryGetValue(() => BaseImage);

    /// <summary>Makes a tested, numbered bundle of the model, and its container image.</summary>
    Target Package => _ => _
        .Description("Bundles the model, tests the bundle against the server, registers a version, and makes its container image (an OCI layout in .mlops, without a daemon)")
        .Example("Package --platforms linux/amd64 linux/arm64", "an image for each")
        .DependsOn<ITestModel>(build => build.TestModel)
        .OnlyWhenStatic(() => ModelVersion == null, "--model-version takes a registered version")
        .ExecutesStages(this, async (session, ct) =>
        {
            var image = NoImage ? null : ImageChoices.Of(BaseImage, Platforms ?? []);
            await EachInTurnAsync(session, (run, token) => PackagingFlow.PackageAsync(session, run, Server, image, token), ct);
        });
}
