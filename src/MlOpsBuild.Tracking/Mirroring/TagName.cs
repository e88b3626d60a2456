namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>Tags of ours; MLflow's own begin with <c>mlflow.</c>.</summary>
internal static class TagName
{
    /// <summary>The run's name: there is one run with each.</summary>
    public const string Run = "mlops.run";

    /// <summary>Digest of all that was mirrored of a run, set last: with it the run is whole.</summary>
    public const string Mirrored = "mlops.mirrored";

    /// <summary>The pipeline; of a registered model it says that it is ours.</summary>
    public const string Pipeline = "mlops.pipeline";

    /// <summary>The version's bundle: there is one version with each.</summary>
    public const string Bundle = "mlops.bundle";

    /// <summary>Our number of a version.</summary>
    public const string Version = "mlops.version";
}
