namespace MlOpsBuild.Data.Contracts;

/// <summary>
/// The version of what a record promises. It goes up with every change that breaks somebody: a column gone, a range
/// narrowed, a category taken away.
/// </summary>
/// <param name="version">From 1 on, which is the version of a record without this mark.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class ContractVersionAttribute(int version) : Attribute
{
    /// <summary>The version.</summary>
    public int Version { get; } = version;
}
