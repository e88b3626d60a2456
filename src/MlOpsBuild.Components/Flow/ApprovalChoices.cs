namespace MlOpsBuild.Components.Flow;

/// <summary>What the caller of Approve said.</summary>
/// <param name="Version">The version, in words.</param>
/// <param name="Reason">Why.</param>
/// <param name="Days">How long it holds; null for as long as the policy says.</param>
/// <param name="Withdraws">Whether approvals are taken back.</param>
internal sealed record ApprovalChoices(string? Version, string Reason, int? Days, bool Withdraws);
