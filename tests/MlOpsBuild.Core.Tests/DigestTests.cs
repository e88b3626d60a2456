using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Core.Tests;

public sealed class DigestTests
{
    // FIPS 180-2, appendix B.1.
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Digest_is_the_published_sha256_of_the_content()
    {
        Digest.Of("abc"u8).Hex.ShouldBe(Abc);
        Digest.Of("abc").ToString().ShouldBe("sha256:" + Abc);
        Digest.Of("").Hex.ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    [Fact]
    public void Text_is_digested_as_utf8() => Digest.Of("größe").ShouldBe(Digest.Of(Encoding.UTF8.GetBytes("größe")));

    [Fact]
    public async Task Stream_is_digested_from_where_it_stands()
    {
        using var stream = new MemoryStream("xyzabc"u8.ToArray()) { Position = 3 };

        (await Digest.OfAsync(stream, CancellationToken.None)).Hex.ShouldBe(Abc);
    }

    [Fact]
    public async Task Cancelled_stream_digest_stops()
    {
        using var stream = new MemoryStream(new byte[1 << 20]);

        await Should.ThrowAsync<OperationCanceledException>(() => Digest.OfAsync(stream, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Abbreviation_is_the_first_twelve_digits() => Digest.Of("abc").Abbreviated.ShouldBe("ba7816bf8f01");

    [Fact]
    public void Written_digest_is_read_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), content => Digest.Parse(Digest.Of(content).ToString()) == Digest.Of(content))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData(Abc)]
    [InlineData("sha512:" + Abc)]
    [InlineData("SHA256:" + Abc)]
    [InlineData("sha256:ba7816bf")]
    [InlineData("sha256:" + Abc + "0")]
    [InlineData("sha256:BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("sha256:ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Anything_else_is_not_a_digest(string text)
    {
        Digest.TryParse(text, out var digest).ShouldBeFalse();
        digest.ShouldBe(default);
        Should.Throw<FormatException>(() => Digest.Parse(text)).Message.ShouldContain($"'{text}'");
    }

    [Fact]
    public void Null_is_not_a_digest() => Digest.TryParse(null, out _).ShouldBeFalse();

    [Fact]
    public void Digests_are_equal_when_their_content_is()
    {
        Digest.Of("a").ShouldBe(Digest.Of("a"));
        Digest.Of("a").ShouldNotBe(Digest.Of("b"));
    }
}
