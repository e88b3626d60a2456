using MlOpsBuild.Components.Telemetry;

namespace MlOpsBuild.Components;

/// <summary>Base of ML builds; maturity level 0 until a bundle interface says more.</summary>
public abstract class MlBuild : EngineBuild, IInspect, IMaintainStore, IProve, IGenerateCi
{
    private readonly Lazy<BuildTrace?> _trace;

    /// <summary>A build that is sent as a trace where the variables of OpenTelemetry say where to.</summary>
    protected MlBuild() =>
        _trace = new(() => BuildTrace.Begin(EngineBridge.VariablesOf(this), EngineBridge.TargetsOf(this), Tell));

    /// <inheritdoc />
    protected override void OnTargetRunning(string target)
    {
        base.OnTargetRunning(target);
        _trace.Value?.Running(target);
    }

    /// <inheritdoc />
    protected override void OnTargetSucceeded(string target)
    {
        base.OnTargetSucceeded(target);
        _trace.Value?.Ended(target, succeeded: true);
    }

    /// <inheritdoc />
    protected override void OnTargetFailed(string target)
    {
        base.OnTargetFailed(target);
        _trace.Value?.Ended(target, succeeded: false);
    }

    /// <inheritdoc />
    protected override void OnBuildFinished()
    {
        base.OnBuildFinished();
        using var trace = _trace.IsValueCreated ? _trace.Value : null;
        trace?.End(Tell);
    }

    private void Tell(string text) => TargetDefinitions.SessionOf(this).Output.Warn(text);
}
