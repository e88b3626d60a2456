using MlOpsBuild.Components.Flow;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components;

/// <summary>Puts the version before back.</summary>
public interface IRollBack : IHazServer
{
    /// <summary>Why; goes into the audit log.</summary>
    [Parameter("Why the version is rolled back; goes into the audit log")]
    string? Reason => TryGetValue(() => Reason);

    /// <summary>Who answers for rollbacks; shown with each of them.</summary>
    string RollbackOwner { get; }

    /// <summary>Puts the version before back.</summary>
    Target Rollback => _ => _
        .Description("Puts the version before back, at once; needs no compile and no pipeline definition")
        .Requires(() => Reason)
        .Acts(this, async (session, ct) =>
        {
            var pipelines = InspectionFlow.Pipelines(session).Where(name => Pipeline == null || name == Pipeline).ToList();
            foreach (var pipeline in pipelines)
            {
                await DeliveryFlow.RollBackAsync(session, pipeline, Reason!, Server, ct);
            }

            if (pipelines.Count == 0)
            {
                throw new UsageException(new Finding("There is no version to go back to", Pipeline ?? "this repository", "nothing was ever deployed", "a deployed version", "deploy one with ./build.sh Train Deploy"));
            }

            session.Output.Line($"owner of rollbacks: {RollbackOwner}");
        });
}
