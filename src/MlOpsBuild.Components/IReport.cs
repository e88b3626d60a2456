using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Reports on the latest tested model.</summary>
public interface IReport : IHazPipelines
{
    /// <summary>Whether the report is shown where the change is reviewed.</summary>
    [Parameter("With Report: shows it on the pull request being built (comment, check, step summary); true by default, --no-publish only writes the files")]
    bool? Publish => TryGetValue<bool?>(() => Publish);

    /// <summary>Whether the report is a comment.</summary>
    [Parameter("With Report: comments on the pull request; true by default, --no-comment leaves that to a later job, which makes one comment of all pipelines")]
    bool? Comment => TryGetValue<bool?>(() => Comment);

    /// <summary>Whether the commit a change starts from is tested first when no run of it is known.</summary>
    [Parameter(
        "With Report: when no run of the commit that the change starts from is known, tests that commit first, by its own build in a checkout of its own")]
    bool? TrainMergeBase => TryGetValue<bool?>(() => TrainMergeBase);

    /// <summary>A folder with reports of another build.</summary>
    [Parameter("With Report: publishes the reports in this folder, which other jobs or a fork's build made, instead of making one; for what GenerateCi writes")]
    string? From => TryGetValue(() => From);

    /// <summary>Reports on the latest tested model.</summary>
    Target Report => _ => _
        .Description(
            "Writes the report on the latest tested model (Markdown, HTML, JSON, JUnit) and shows it on the pull request being built")
        .TryAfter<ITestModel>(build => build.TestModel)
        .TryAfter<IPackageModel>(build => build.Package)
        .TryAfter<IDeployModel>(build => build.Deploy)
        .AssuredAfterFailure()
        .Executes(this, async (session, ct) =>
        {
            if (From is { } folder)
            {
                await ForeignReportFlow.PublishAsync(session, folder, PickedNames, await AffectedNamesAsync(session, ct), ct);
                return;
            }

            var failed = FailedTargets.Select(target => target.Name).ToList();
            if (PickedNames.Count == 1 && (Comment ?? true))
            {
                foreach (var pipeline in await AffectedNamesAsync(session, ct))
                {
                    await ReportFlow.ReportAsync(session, pipeline, failed, Publish ?? true, TrainMergeBase ?? false, null, ct);
                }

                return;
            }

            await ReportFlow.ReportAllAsync(
                session, await AffectedNamesAsync(session, ct), failed, Publish ?? true, Comment ?? true, TrainMergeBase ?? false, ct);
        }, pulls: true);
}
