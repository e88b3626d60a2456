namespace MlOpsBuild.Reporting.Pages;

/// <summary>A row of the gate table in words.</summary>
/// <param name="Sign">A sign for the verdict; a dash where the row decides nothing.</param>
/// <param name="Gate">The claim.</param>
/// <param name="Direction">An arrow to where the metric improves.</param>
/// <param name="Candidate">The candidate's value.</param>
/// <param name="Reference">The value compared with, and whose it is.</param>
/// <param name="Difference">Candidate minus reference with its interval.</param>
/// <param name="Champion">The champion's value.</param>
/// <param name="MergeBase">The metric where the change starts, and what the change makes of it.</param>
/// <param name="Verdict">The verdict; Informs where the row decides nothing.</param>
/// <param name="Evidence">The evidence.</param>
public sealed record GateRow(
    string Sign, string Gate, string Direction, string Candidate, string Reference, string Difference, string Champion, string MergeBase,
    string Verdict, string Evidence)
{
    /// <summary>Whose value it is compared with, and the value: for a narrow table.</summary>
    public string Against { get; init; } = "";
}
