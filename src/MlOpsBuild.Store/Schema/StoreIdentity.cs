namespace MlOpsBuild.Store.Schema;

/// <summary>What a store says of itself.</summary>
/// <param name="Schema">The version of its layout.</param>
/// <param name="Origin">Six hexadecimal digits, drawn once per store, that keep names made on different machines apart.</param>
internal sealed record StoreIdentity(int Schema, string Origin);
