using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class RegistryErrorsTests
{
    private static readonly Gen<string> Json =
        Gen
            .Elements(
                "{", "}", "[", "]", ":", ",", "\"errors\"", "\"code\"", "\"message\"", "\"\\u001b\"", "\"\\ud800\"", "1", "null",
                "{\"errors\":[", "]}")
            .ListOf()
            .Select(parts => string.Concat(parts));

    [Fact]
    public void Any_body_is_one_line_of_bounded_length() => Prop.ForAll(Json.ToArbitrary(), text =>
    {
        var line = RegistryErrors.Read(Encoding.UTF8.GetBytes(text));
        return line.Length <= 401 && !line.Any(char.IsControl);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_read_without_failing() =>
        Prop
            .ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes => RegistryErrors.Read(bytes) != null && RegistryToken.Read(bytes, DateTimeOffset.UnixEpoch) is null)
            .QuickCheckThrowOnFailure();
}
