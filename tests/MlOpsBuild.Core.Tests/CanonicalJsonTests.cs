using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Core.Tests;

public sealed class CanonicalJsonTests
{
    private static readonly Sample Full = new("größe <b>", 0.1, Verdict.Failed, null, Digest.Of("abc"), [1, 2]);

    [Fact]
    public void Form_is_indented_camel_case_in_declaration_order_with_line_feeds() =>
        Encoding.UTF8.GetString(CanonicalJson.Serialize(Full)).ShouldBe(
            "{\n  \"zone\": \"größe <b>\",\n  \"amount\": 0.1,\n  \"verdict\": \"Failed\",\n"
            + "  \"digest\": \"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\n"
            + "  \"counts\": [\n    1,\n    2\n  ]\n}\n");

    [Fact]
    public void Written_record_is_read_back()
    {
        var copy = CanonicalJson.Deserialize<Sample>(CanonicalJson.Serialize(Full));

        copy.Counts.ShouldBe(Full.Counts);
        (copy with { Counts = Full.Counts }).ShouldBe(Full);
    }

    [Fact]
    public void The_mark_that_editors_put_before_UTF_8_is_no_content()
    {
        byte[] marked = [.. Encoding.UTF8.Preamble, .. CanonicalJson.Serialize(Full)];

        CanonicalJson.Deserialize<Sample>(marked).Zone.ShouldBe("größe <b>");
        CanonicalJson.TryDeserialize<Sample>(marked).ShouldNotBeNull();
    }

    [Fact]
    public void Every_number_is_read_back_to_the_bit() => Prop.ForAll(
        ArbMap.Default.ArbFor<double>(),
        number => double.IsNaN(number)
            ? double.IsNaN(Again(number))
            : BitConverter.DoubleToInt64Bits(Again(number)) == BitConverter.DoubleToInt64Bits(number)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(double.NaN, "\"NaN\"\n")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"\n")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"\n")]
    [InlineData(-0.0, "-0\n")]
    [InlineData(1e300, "1E+300\n")]
    public void Unusual_numbers_have_one_form(double number, string json)
    {
        Encoding.UTF8.GetString(CanonicalJson.Serialize(number)).ShouldBe(json);
        BitConverter.DoubleToInt64Bits(Again(number)).ShouldBe(BitConverter.DoubleToInt64Bits(number));
    }

    [Fact]
    public void Every_text_is_read_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        text => CanonicalJson.Deserialize<string>(CanonicalJson.Serialize(text.Get)) == text.Get).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_values_have_equal_bytes() =>
        CanonicalJson.Serialize(Full with { }).ShouldBe(CanonicalJson.Serialize(Full with { Counts = [1, 2] }));

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"zone\":")]
    [InlineData("[]")]
    public void Text_that_is_not_the_record_is_a_json_error(string json) =>
        Should.Throw<JsonException>(() => CanonicalJson.Deserialize<Sample>(Encoding.UTF8.GetBytes(json)));

    private static double Again(double number) => CanonicalJson.Deserialize<double>(CanonicalJson.Serialize(number));

    private sealed record Sample(string Zone, double Amount, Verdict Verdict, string? Note, Digest Digest, IReadOnlyList<int> Counts);
}
