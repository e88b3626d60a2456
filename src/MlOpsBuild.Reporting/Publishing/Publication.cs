using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A report that is to be shown where the change is reviewed.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Answer">"May I merge this?", in one sentence.</param>
/// <param name="Markdown">The whole report.</param>
public sealed record Publication(string Pipeline, Verdict Verdict, string Answer, string Markdown);
