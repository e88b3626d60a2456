namespace MlOpsBuild.Components;

/// <summary>A build whose runs, versions and aliases MLflow shows as well.</summary>
public interface IHazMlflow : INukeBuild
{
    /// <summary>The address of an MLflow server.</summary>
    [Parameter("Mirrors runs, versions and aliases to this MLflow server when the targets have ended, and is asked for models of its registry; credentials by MLFLOW_TRACKING_USERNAME and …_PASSWORD, or …_TOKEN")]
    string? Mlflow => TryGetValue(() => Mlflow);

    /// <summary>Whether a server that does not take it fails the build.</summary>
    [Parameter("With --mlflow: a build whose results are not all there at its end fails; without it that is a line, and the next build sends them")]
    bool? MlflowRequired => TryGetValue<bool?>(() => MlflowRequired);
}
