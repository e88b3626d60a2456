using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Health;

/// <summary>One thing the doctor found.</summary>
/// <param name="Kind">How it stands.</param>
/// <param name="Finding">What it is.</param>
/// <param name="Done">What was done about it, or would be.</param>
public sealed record Diagnosis(DiagnosisKind Kind, Finding Finding, string? Done = null);
