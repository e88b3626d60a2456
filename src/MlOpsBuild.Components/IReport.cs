using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Reports on the latest tested model.</summary>
public interface IReport : IHazPipelines
{
    /// <summary>Reports on the latest tested model.</summary>
    Target Report => _ => _
        .Description("Writes the report on the latest tested model: Markdown, HTML, JSON")
        .TryAfter<ITestModel>(build => build.TestModel)
        .TryAfter<IPackageModel>(build => build.Package)
        .TryAfter<IDeployModel>(build => build.Deploy)
        .AssuredAfterFailure()
        .Acts(this, async (session, ct) =>
        {
            foreach (var pipeline in PickedNames)
            {
                await ReportFlow.ReportAsync(session, pipeline, ct);
            }
        }, pulls: true);
}
