using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Proves what the judges promise; changes nothing.</summary>
public interface IProve : IHazSession, IHazSubject
{
    /// <summary>Another probability of a false alarm.</summary>
    [Parameter("With ReplayCanary and CanarySelfTest: probability of rolling back a version that is no worse, instead of the policy's")]
    [ReadBy(nameof(ReplayCanary), nameof(CanarySelfTest))]
    double? FalseAlarm => TryGetValue<double?>(() => FalseAlarm);

    /// <summary>Judges a recorded canary again.</summary>
    Target ReplayCanary => _ => _
        .Description("Judges a recorded canary again from what was seen, with another policy: ReplayCanary DEPLOYMENT --false-alarm 0.01; the last one by default")
        .Example("ReplayCanary --false-alarm 0.01", "the last canary under a stricter policy")
        .ReadsState(
            this,
            (session, ct) => ProofFlow.ReplayAsync(session, Of, (this as IHazPipelines)?.Pipeline, FalseAlarm, ct));

    /// <summary>Compares the canary's judge with other rules.</summary>
    Target CanarySelfTest => _ => _
        .Description(
            "Runs the canary's judge beside the documented rules of Argo Rollouts, Flagger and a t-test on the same simulated traffic")
        .ReadsState(this, (session, ct) => ProofFlow.SelfTestAsync(session, FalseAlarm, ct));

    /// <summary>Judges A/B tests whose truth is known.</summary>
    Target ExperimentSelfTest => _ => _
        .Description(
            "Judges simulated A/B tests whose truth is known: false alarms under peeking, coverage, power, what CUPED takes out, beside a t-test at every look")
        .ReadsState(this, (session, ct) => ProofFlow.ExperimentsAsync(session, ct));

    /// <summary>Compares our gates with fixed thresholds.</summary>
    Target GateSelfTest => _ => _
        .Description(
            "Draws hold-outs from the last tested predictions: how often our gates, and fixed thresholds, fail a candidate that is as good")
        .Example("GateSelfTest --pipeline BikeDemand", "false failures and power on the pipeline's own rows")
        .ReadsState(this, (session, ct) => GateProofFlow.RunAsync(session, (this as IHazPipelines)?.Pipeline, ct));
}
