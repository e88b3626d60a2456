using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Makes a tested, numbered bundle of the model.</summary>
public interface IPackageModel : ITestModel, IHazServer, IHazModelVersion
{
    /// <summary>Makes a tested, numbered bundle of the model.</summary>
    Target Package => _ => _
        .Description("Bundles the model, tests the bundle against the server, registers a version")
        .DependsOn<ITestModel>(build => build.TestModel)
        .OnlyWhenStatic(() => ModelVersion == null, "--model-version takes a registered version")
        .Performs(this, async (session, ct) =>
        {
            foreach (var run in RunsOf(session))
            {
                await PackagingFlow.PackageAsync(session, run, Server, ct);
            }
        });
}
