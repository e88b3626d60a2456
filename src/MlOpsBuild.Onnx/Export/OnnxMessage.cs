using System.Buffers;
using Google.Protobuf;

namespace MlOpsBuild.Onnx.Export;

/// <summary>A message of the ONNX format (onnx.proto, IR version 8), written field by field.</summary>
internal sealed class OnnxMessage
{
    private readonly ArrayBufferWriter<byte> _content = new();

    /// <summary>The message's bytes.</summary>
    public byte[] Content => _content.WrittenSpan.ToArray();

    public OnnxMessage Number(int field, params IEnumerable<long> values) =>
        Write(field, WireFormat.WireType.Varint, values, (output, value) => output.WriteInt64(value));

    public OnnxMessage Single(int field, params IEnumerable<float> values) =>
        Write(field, WireFormat.WireType.Fixed32, values, (output, value) => output.WriteFloat(value));

    public OnnxMessage Text(int field, params IEnumerable<string> values) =>
        Write(field, WireFormat.WireType.LengthDelimited, values, (output, value) => output.WriteString(value));

    public OnnxMessage Bytes(int field, byte[] value) =>
        Write(field, WireFormat.WireType.LengthDelimited, [value], (output, bytes) => output.WriteBytes(ByteString.CopyFrom(bytes)));

    public OnnxMessage Message(int field, OnnxMessage value) => Bytes(field, value.Content);

    private OnnxMessage Write<T>(int field, WireFormat.WireType type, IEnumerable<T> values, Action<CodedOutputStream, T> write)
    {
        using var written = new MemoryStream();
        using (var output = new CodedOutputStream(written, leaveOpen: true))
        {
            foreach (var value in values)
            {
                output.WriteTag(field, type);
                write(output, value);
            }
        }

        _content.Write(written.GetBuffer().AsSpan(0, (int)written.Length));
        return this;
    }
}
