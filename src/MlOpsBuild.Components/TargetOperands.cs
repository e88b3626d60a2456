namespace MlOpsBuild.Components;

/// <summary>
/// Which targets take words behind their name, and the parameters that those stand for: <c>Lineage v3</c> is <c>Lineage --of v3</c>.
/// </summary>
internal static class TargetOperands
{
    /// <summary>Names of parameters by target, in the order of the words.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Names { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(IInspect.Lineage)] = ["of"], [nameof(IApprove.Approve)] = ["of"], [nameof(IProve.ReplayCanary)] = ["of"],
            [nameof(IExperiment.EndExperiment)] = ["decision"],
            [nameof(IInspect.Reproduce)] = ["of"], [nameof(IInspect.Evidence)] = ["of"],
            [nameof(IInspect.Compare)] = ["models*"], [nameof(IExploreData.DataDiff)] = ["before", "after"],
        };
}
