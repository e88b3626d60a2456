namespace MlOpsBuild.Store.Health;

/// <summary>What the doctor looked at and found.</summary>
/// <param name="Blobs">Blobs whose digest was checked.</param>
/// <param name="Facts">Facts read.</param>
/// <param name="AuditEntries">Audit entries checked.</param>
/// <param name="Diagnoses">What was found, worst last.</param>
public sealed record HealthReport(int Blobs, int Facts, int AuditEntries, IReadOnlyList<Diagnosis> Diagnoses);
