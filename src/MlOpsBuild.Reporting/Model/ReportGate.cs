namespace MlOpsBuild.Reporting.Model;

/// <summary>A row of the gate table.</summary>
/// <param name="Sign">A sign for the verdict.</param>
/// <param name="Gate">The claim.</param>
/// <param name="Candidate">The candidate's value.</param>
/// <param name="Reference">The value compared with.</param>
/// <param name="Difference">Candidate minus reference with its interval.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Evidence">In words.</param>
public sealed record ReportGate(string Sign, string Gate, string Candidate, string Reference, string Difference, string Verdict, string Evidence)
{
    /// <summary>The metric at the merge base and what the change makes of it; null when no change is looked at.</summary>
    public string? MergeBase { get; init; }
}
