using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class RegistryAddressPropertyTests
{
    private static readonly Gen<string> Scheme = Gen.Elements("", "", "http://", "https://", "HTTPS://");
    private static readonly Gen<string> Host = Gen.Elements(
        "127.0.0.1:5000", "127.9.8.7", "localhost", "[::1]:5000", "ghcr.io", "registry.example.org:443", "a.b:80", "docker.io",
        "10.0.0.1:1");
    private static readonly Gen<string> Part =
        from first in Word
        from rest in Gen.Zip(Gen.Elements(".", "_", "__", "-", "---"), Word).ListOf(2)
        select first + string.Concat(rest.Select(pair => pair.Item1 + pair.Item2));
    private static readonly Gen<string> Valid =
        from scheme in Scheme
        from host in Host
        from parts in Part.NonEmptyListOf()
        where parts.Count <= 5
        select $"{scheme}{host}/{string.Join('/', parts)}";

    // Mostly what addresses are made of, so that the reading is tried and not only its first check.
    private static readonly Gen<string> AnyText = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen
            .Elements(
                "a", "B", "/", ":", "@", ".", "-", "_", "localhost", "ghcr.io", "://", "http", "[", "]", "::1", "65536", "sha256:", "?",
                "#", "\\", " ", "%2f", "é", "\0")
            .ListOf()
            .Select(parts => string.Concat(parts)));

    private static Gen<string> Word => Gen.Elements("a", "z9", "0", "team", "mlops");

    [Fact]
    public void An_address_reads_back_from_its_text() => Prop.ForAll(Valid.ToArbitrary(), text =>
    {
        var address = RegistryAddress.Parse(text);
        return RegistryAddress.Parse(address.ToString()) == address;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_an_address_that_stays_within_its_repository_or_is_refused_with_findings() =>
        Prop.ForAll(AnyText.ToArbitrary(), text =>
        {
            try
            {
                var address = RegistryAddress.Parse(text);
                return address.Resource("tags/list").AbsoluteUri == $"{address.Endpoint}v2/{address.Repository}/tags/list"
                    && address.Endpoint.UserInfo.Length == 0;
            }
            catch (UsageException refused)
            {
                return refused.Findings.Count > 0 && refused.Findings.All(finding => finding.Fix is { Length: > 0 });
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void User_information_is_never_shown() =>
        Prop.ForAll(Gen.Zip(Scheme, Valid.Select(text => text.Split("://")[^1])).ToArbitrary(), pair =>
            !Should.Throw<UsageException>(() => RegistryAddress.Parse($"{pair.Item1}me:qqqq@{pair.Item2}"))
                .ToString()
                .Contains("qqqq", StringComparison.Ordinal))
                .QuickCheckThrowOnFailure();
}
