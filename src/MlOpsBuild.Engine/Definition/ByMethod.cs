using System.Diagnostics.CodeAnalysis;

namespace MlOpsBuild.Engine.Definition;

/// <summary>Equality of delegates, with a hash that tells the methods of one class apart: the framework's own does not.</summary>
internal sealed class ByMethod : IEqualityComparer<Delegate>
{
    public bool Equals(Delegate? x, Delegate? y) => object.Equals(x, y);

    public int GetHashCode([DisallowNull] Delegate obj) => obj.Method.MetadataToken;
}
