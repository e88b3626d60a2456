using MlOpsBuild.Core.Views;

namespace MlOpsBuild.Online;

/// <summary>The newest values of a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Time">When they were true and known.</param>
/// <param name="Values">The values as JSON, in the order of <see cref="OnlineState.Columns"/>.</param>
public sealed record OnlineValue(string Key, ValueTime Time, IReadOnlyList<string> Values);
