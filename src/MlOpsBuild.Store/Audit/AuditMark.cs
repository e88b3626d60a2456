namespace MlOpsBuild.Store.Audit;

/// <summary>A part of the log that was compared with the team's.</summary>
/// <param name="Id">The object that holds it on the branch.</param>
/// <param name="Entries">Entries in it.</param>
/// <param name="End">The place in the file where they end.</param>
internal sealed record AuditMark(string Id, int Entries, long End);
