using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Gates.Tests;

/// <summary>What gates judged by themselves say.</summary>
internal static class JudgedGates
{
    public static IEnumerable<GateOutcome> Outcomes(this IEnumerable<JudgedGate> gates) => gates.Select(gate => gate.Outcome);
}
