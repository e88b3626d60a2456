namespace MlOpsBuild.Reporting.Model;

/// <summary>What the candidate costs, beside the champion.</summary>
/// <param name="What">For example <c>training</c>.</param>
/// <param name="Unit">For example <c>s</c>.</param>
/// <param name="Candidate">The candidate's value.</param>
/// <param name="Champion">The champion's value, or null.</param>
public sealed record ReportCost(string What, string Unit, double Candidate, double? Champion);
