using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A remark beside a line of the code.</summary>
/// <param name="Path">The file's path in the repository, with slashes.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Verdict">What it is about: a failure, or something less.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">What is said.</param>
public sealed record LineRemark(string Path, int Line, Verdict Verdict, string Title, string Text);
