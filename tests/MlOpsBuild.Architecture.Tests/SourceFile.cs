using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOpsBuild.Architecture.Tests;

/// <summary>A parsed source file.</summary>
internal sealed record SourceFile(string Path, int Lines, CompilationUnitSyntax Syntax)
{
    public IEnumerable<T> All<T>() => Syntax.DescendantNodes().OfType<T>();
}
