using MlOpsBuild.Dashboard.Acts;
using MlOpsBuild.Dashboard.State;

namespace MlOpsBuild.Dashboard;

/// <summary>The build behind the page.</summary>
public interface IDashboardBuild
{
    /// <summary>What there is to show now.</summary>
    Task<DashboardState> LookAsync(CancellationToken cancellationToken);

    /// <summary>A text on a version: its card, or where it comes from; null where there is none.</summary>
    /// <param name="topic">Which text.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<string?> TellAsync(VersionTopic topic, string pipeline, int version, CancellationToken cancellationToken);

    /// <summary>Does what somebody asked for, by the build's own targets.</summary>
    Task<DashboardAnswer> ActAsync(DashboardAct act, CancellationToken cancellationToken);
}
