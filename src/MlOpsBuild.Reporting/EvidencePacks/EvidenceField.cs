namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>Something that a regulation or a practice asks to be written down of a model.</summary>
/// <param name="Id">Its name in <c>declarations.json</c>, for example <c>annex-iv-2e</c>.</param>
/// <param name="Framework">Who asks.</param>
/// <param name="Place">Where they ask it, for example <c>2(e)</c>.</param>
/// <param name="Asks">What is asked, in short.</param>
/// <param name="Documents">Names of documents that answer it, as far as records can; empty where only people can.</param>
public sealed record EvidenceField(string Id, string Framework, string Place, string Asks, IReadOnlyList<string> Documents);
