using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>A gate judged by itself.</summary>
/// <param name="Outcome">What the evidence says of it.</param>
/// <param name="Tail">
/// The chance, in (0, 1], that a candidate that keeps the gate looks so far beyond it; 0 where it failed for certain, 1 where nothing
/// speaks for a failure.
/// </param>
internal sealed record JudgedGate(GateOutcome Outcome, double Tail)
{
    /// <summary>One that nothing makes fail, or that no chance explains.</summary>
    public static JudgedGate Certain(GateOutcome outcome) => new(outcome, outcome.Verdict == Verdict.Failed ? 0 : 1);
}
