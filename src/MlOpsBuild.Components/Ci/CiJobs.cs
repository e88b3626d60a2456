namespace MlOpsBuild.Components;

/// <summary>How a build's targets are spread over the jobs of a build server.</summary>
public enum CiJobs
{
    /// <summary>One job runs all targets of a change: nothing is handed over, and nothing waits.</summary>
    Together,

    /// <summary>
    /// One job a stage, each needing the one before and taking its results over: what failed is seen at once, and can be
    /// run again alone. What is handed over has the data in it, and readers of the repository can download it from GitHub.
    /// </summary>
    PerStage,
}
