namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A deployment, for the host that lists them.</summary>
/// <param name="Environment">Where.</param>
/// <param name="Succeeded">Whether the version was put in place.</param>
/// <param name="Conclusive">False when it ended without a decision.</param>
/// <param name="Rehearsal">Whether it ended with the build, so that nothing serves now.</param>
/// <param name="Description">One line.</param>
public sealed record DeploymentState(string Environment, bool Succeeded, bool Conclusive, bool Rehearsal, string Description)
{
    /// <summary>The commit the version was made from; null for the one being built.</summary>
    public string? Commit { get; init; }
}
