"""Diffusion pipelines of a few hundred kilobytes with random weights, made on the spot and saved to a folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = [chr(n) for n in range(33, 127)]


def _clip_tokenizer(folder: Path) -> Any:
    from transformers import CLIPTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    words = ["!", *LETTERS[1:], *(f"{letter}</w>" for letter in LETTERS), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: n for n, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer.from_pretrained(folder, model_max_length=77)


def _t5_tokenizer() -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import T5TokenizerFast

    vocab = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -1.0), *((letter, -2.0) for letter in LETTERS)]
    tokenizer = Tokenizer(models.Unigram(vocab, unk_id=2))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return T5TokenizerFast(tokenizer_object=tokenizer, extra_ids=0, model_max_length=512)


def _clip_text() -> Any:
    from transformers import CLIPTextConfig, CLIPTextModel

    config = CLIPTextConfig(
        hidden_size=32, intermediate_size=37, num_attention_heads=4, num_hidden_layers=2, vocab_size=200,
        bos_token_id=188, eos_token_id=189, projection_dim=32,
    )  # fmt: skip
    return CLIPTextModel(config).eval()


def _t5(kind: str = "T5EncoderModel") -> Any:
    import transformers

    config_kind = transformers.UMT5Config if kind.startswith("UMT5") else transformers.T5Config
    config = config_kind(
        vocab_size=len(LETTERS) + 8, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4, pad_token_id=0,
    )  # fmt: skip
    return getattr(transformers, kind)(config).eval()


def _vae() -> Any:
    from diffusers import AutoencoderKL

    return AutoencoderKL(
        block_out_channels=(32, 64), in_channels=3, out_channels=3, latent_channels=4, norm_num_groups=32,
        down_block_types=["DownEncoderBlock2D"] * 2, up_block_types=["UpDecoderBlock2D"] * 2, sample_size=32,
    )  # fmt: skip


def _scheduler() -> Any:
    from diffusers import DDIMScheduler

    return DDIMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="linear", clip_sample=False, steps_offset=1)


def stable_diffusion(folder: Path) -> Any:
    from diffusers import StableDiffusionPipeline, UNet2DConditionModel

    unet = UNet2DConditionModel(
        block_out_channels=(32, 64), layers_per_block=1, sample_size=32, in_channels=4, out_channels=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=32,
    )  # fmt: skip
    return StableDiffusionPipeline(
        unet=unet, vae=_vae(), text_encoder=_clip_text(), tokenizer=_clip_tokenizer(folder / "words"),
        scheduler=_scheduler(), safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip


def model_scope(folder: Path) -> Any:
    from diffusers import TextToVideoSDPipeline, UNet3DConditionModel

    unet = UNet3DConditionModel(
        block_out_channels=(8, 8), layers_per_block=1, sample_size=32, in_channels=4, out_channels=4,
        down_block_types=("CrossAttnDownBlock3D", "DownBlock3D"), up_block_types=("UpBlock3D", "CrossAttnUpBlock3D"),
        cross_attention_dim=32, attention_head_dim=4, norm_num_groups=2,
    )  # fmt: skip
    return TextToVideoSDPipeline(
        unet=unet, vae=_vae(), text_encoder=_clip_text(), tokenizer=_clip_tokenizer(folder / "words"),
        scheduler=_scheduler(),
    )  # fmt: skip


def animate_diff(folder: Path) -> Any:
    from diffusers import AnimateDiffPipeline, MotionAdapter, UNet2DConditionModel

    unet = UNet2DConditionModel(
        block_out_channels=(8, 8), layers_per_block=2, sample_size=8, in_channels=4, out_channels=4,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=32, norm_num_groups=2,
    )  # fmt: skip
    motion = MotionAdapter(
        block_out_channels=(8, 8), motion_layers_per_block=2, motion_norm_num_groups=2, motion_num_attention_heads=4,
    )  # fmt: skip
    return AnimateDiffPipeline(
        unet=unet, motion_adapter=motion, vae=_vae(), text_encoder=_clip_text(),
        tokenizer=_clip_tokenizer(folder / "words"), scheduler=_scheduler(),
    )  # fmt: skip


def stable_video(_folder: Path) -> Any:
    from diffusers import (
        AutoencoderKLTemporalDecoder,
        EulerDiscreteScheduler,
        StableVideoDiffusionPipeline,
        UNetSpatioTemporalConditionModel,
    )
    from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModelWithProjection

    unet = UNetSpatioTemporalConditionModel(
        block_out_channels=(32, 64), layers_per_block=2, sample_size=32, in_channels=8, out_channels=4,
        down_block_types=("CrossAttnDownBlockSpatioTemporal", "DownBlockSpatioTemporal"),
        up_block_types=("UpBlockSpatioTemporal", "CrossAttnUpBlockSpatioTemporal"), cross_attention_dim=32,
        num_attention_heads=8, projection_class_embeddings_input_dim=96, addition_time_embed_dim=32,
    )  # fmt: skip
    vae = AutoencoderKLTemporalDecoder(
        block_out_channels=[32, 64], in_channels=3, out_channels=3, down_block_types=["DownEncoderBlock2D"] * 2,
        latent_channels=4,
    )  # fmt: skip
    vision = CLIPVisionConfig(
        hidden_size=32, projection_dim=32, num_hidden_layers=2, num_attention_heads=4, image_size=224, patch_size=56,
        intermediate_size=37,
    )  # fmt: skip
    scheduler = EulerDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", interpolation_type="linear",
        prediction_type="v_prediction", sigma_max=700.0, sigma_min=0.002, timestep_spacing="leading",
        timestep_type="continuous", use_karras_sigmas=True,
    )  # fmt: skip
    return StableVideoDiffusionPipeline(
        unet=unet, vae=vae, image_encoder=CLIPVisionModelWithProjection(vision), scheduler=scheduler,
        feature_extractor=CLIPImageProcessor(crop_size=224, size=224),
    )  # fmt: skip


def _wan_parts(channels: int = 16) -> dict[str, Any]:
    from diffusers import AutoencoderKLWan, FlowMatchEulerDiscreteScheduler, WanTransformer3DModel

    vae = AutoencoderKLWan(
        base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True]
    )
    transformer = WanTransformer3DModel(
        patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12, in_channels=channels, out_channels=16,
        text_dim=32, freq_dim=256, ffn_dim=32, num_layers=2, cross_attn_norm=True,
        qk_norm="rms_norm_across_heads", rope_max_seq_len=32,
    )  # fmt: skip
    return {
        "transformer": transformer,
        "vae": vae,
        "scheduler": FlowMatchEulerDiscreteScheduler(shift=7.0),
        "text_encoder": _t5("UMT5EncoderModel"),
        "tokenizer": _t5_tokenizer(),
    }


def wan(_folder: Path) -> Any:
    from diffusers import WanPipeline

    return WanPipeline(**_wan_parts())


def wan_from_a_picture(_folder: Path) -> Any:
    from diffusers import WanImageToVideoPipeline

    # The clip, the first frame, and a mask that says which frames are given
    return WanImageToVideoPipeline(**_wan_parts(channels=16 + 16 + 4))


def _ltx_parts() -> dict[str, Any]:
    from diffusers import AutoencoderKLLTXVideo, FlowMatchEulerDiscreteScheduler, LTXVideoTransformer3DModel

    transformer = LTXVideoTransformer3DModel(
        in_channels=8, out_channels=8, patch_size=1, patch_size_t=1, num_attention_heads=4, attention_head_dim=8,
        cross_attention_dim=32, num_layers=1, caption_channels=32,
    )  # fmt: skip
    vae = AutoencoderKLLTXVideo(
        in_channels=3, out_channels=3, latent_channels=8, block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8), layers_per_block=(1, 1, 1, 1, 1),
        decoder_layers_per_block=(1, 1, 1, 1, 1), spatio_temporal_scaling=(True, True, False, False),
        decoder_spatio_temporal_scaling=(True, True, False, False), decoder_inject_noise=(False,) * 5,
        upsample_residual=(False,) * 4, upsample_factor=(1,) * 4, timestep_conditioning=False, patch_size=1,
        patch_size_t=1, encoder_causal=True, decoder_causal=False,
    )  # fmt: skip
    return {
        "transformer": transformer,
        "vae": vae,
        "scheduler": FlowMatchEulerDiscreteScheduler(),
        "text_encoder": _t5(),
        "tokenizer": _t5_tokenizer(),
    }


def ltx(_folder: Path) -> Any:
    from diffusers import LTXPipeline

    return LTXPipeline(**_ltx_parts())


def ltx_from_a_picture(_folder: Path) -> Any:
    from diffusers import LTXImageToVideoPipeline

    return LTXImageToVideoPipeline(**_ltx_parts())


def _cog_video_parts(channels: int = 4) -> dict[str, Any]:
    from diffusers import AutoencoderKLCogVideoX, CogVideoXTransformer3DModel

    transformer = CogVideoXTransformer3DModel(
        num_attention_heads=4, attention_head_dim=8, in_channels=channels, out_channels=4, time_embed_dim=2,
        text_embed_dim=32, num_layers=1, sample_width=8, sample_height=8, sample_frames=9, patch_size=2,
        temporal_compression_ratio=4, max_text_seq_length=226,
    )  # fmt: skip
    vae = AutoencoderKLCogVideoX(
        in_channels=3, out_channels=3, down_block_types=("CogVideoXDownBlock3D",) * 4,
        up_block_types=("CogVideoXUpBlock3D",) * 4, block_out_channels=(8, 8, 8, 8), latent_channels=4,
        layers_per_block=1, norm_num_groups=2, temporal_compression_ratio=4,
    )  # fmt: skip
    return {
        "transformer": transformer,
        "vae": vae,
        "scheduler": _scheduler(),
        "text_encoder": _t5(),
        "tokenizer": _t5_tokenizer(),
    }


def cog_video(_folder: Path) -> Any:
    from diffusers import CogVideoXPipeline

    return CogVideoXPipeline(**_cog_video_parts())


def cog_video_from_a_picture(_folder: Path) -> Any:
    from diffusers import CogVideoXImageToVideoPipeline

    # The clip and the first frame
    return CogVideoXImageToVideoPipeline(**_cog_video_parts(channels=4 + 4))


def _hunyuan_video_parts(folder: Path, condition: str | None = None) -> dict[str, Any]:
    from diffusers import AutoencoderKLHunyuanVideo, FlowMatchEulerDiscreteScheduler, HunyuanVideoTransformer3DModel

    transformer = HunyuanVideoTransformer3DModel(
        in_channels=4, out_channels=4, num_attention_heads=2, attention_head_dim=10, num_layers=1,
        num_single_layers=1, num_refiner_layers=1, patch_size=1, patch_size_t=1, guidance_embeds=True,
        text_embed_dim=16, pooled_projection_dim=32, rope_axes_dim=(2, 4, 4), image_condition_type=condition,
    )  # fmt: skip
    vae = AutoencoderKLHunyuanVideo(
        in_channels=3, out_channels=3, latent_channels=4, down_block_types=("HunyuanVideoDownBlock3D",) * 4,
        up_block_types=("HunyuanVideoUpBlock3D",) * 4, block_out_channels=(8, 8, 8, 8), layers_per_block=1,
        norm_num_groups=4,
    )  # fmt: skip
    return {
        "transformer": transformer,
        "vae": vae,
        "scheduler": FlowMatchEulerDiscreteScheduler(shift=7.0),
        "text_encoder_2": _clip_text(),
        "tokenizer_2": _clip_tokenizer(folder / "words"),
    }


def _llama(words: Any) -> Any:
    from transformers import LlamaConfig

    return LlamaConfig(
        hidden_size=16, intermediate_size=37, num_attention_heads=4, num_hidden_layers=2, vocab_size=len(words),
        pad_token_id=0,
    )  # fmt: skip


def hunyuan_video(folder: Path) -> Any:
    from diffusers import HunyuanVideoPipeline
    from transformers import LlamaModel

    words = _words()
    return HunyuanVideoPipeline(
        **_hunyuan_video_parts(folder), text_encoder=LlamaModel(_llama(words)).eval(), tokenizer=words
    )


def hunyuan_video_from_a_picture(folder: Path) -> Any:
    from diffusers import HunyuanVideoImageToVideoPipeline
    from transformers import CLIPImageProcessor, CLIPVisionConfig, LlavaConfig, LlavaForConditionalGeneration

    words = _words()
    words.add_special_tokens({"additional_special_tokens": ["<image>", "<|end_header_id|>"]})
    # 24 × 24 patches: the pipeline reckons with 576
    eye = CLIPVisionConfig(
        hidden_size=16, projection_dim=16, num_hidden_layers=2, num_attention_heads=2, image_size=48, patch_size=2,
        intermediate_size=16,
    )  # fmt: skip
    reader = LlavaConfig(
        vision_config=eye, text_config=_llama(words), image_token_index=words.convert_tokens_to_ids("<image>"),
        pad_token_id=0,
    )  # fmt: skip
    return HunyuanVideoImageToVideoPipeline(
        **_hunyuan_video_parts(folder, "token_replace"), tokenizer=words,
        text_encoder=LlavaForConditionalGeneration(reader).eval(),
        image_processor=CLIPImageProcessor(crop_size=48, size=48),
    )  # fmt: skip


def _words() -> Any:
    """A tokenizer that knows letters."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    special = {"pad_token": "<pad>", "unk_token": "<unk>"}
    known = {word: n for n, word in enumerate([*special.values(), *LETTERS])}
    tokenizer = Tokenizer(models.WordLevel(known, special["unk_token"]))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)


def _hunyuan_video_15_parts(task: str) -> dict[str, Any]:
    from diffusers import (
        AutoencoderKLHunyuanVideo15,
        ClassifierFreeGuidance,
        FlowMatchEulerDiscreteScheduler,
        HunyuanVideo15Transformer3DModel,
    )
    from transformers import ByT5Tokenizer, Qwen2_5_VLTextConfig, Qwen2_5_VLTextModel, T5Config, T5EncoderModel

    transformer = HunyuanVideo15Transformer3DModel(
        in_channels=9, out_channels=4, num_attention_heads=2, attention_head_dim=8, num_layers=1,
        num_refiner_layers=1, text_embed_dim=16, text_embed_2_dim=32, image_embed_dim=12, rope_axes_dim=(2, 2, 4),
        target_size=64, task_type=task,
    )  # fmt: skip
    vae = AutoencoderKLHunyuanVideo15(
        latent_channels=4, block_out_channels=(16,) * 5, layers_per_block=1, spatial_compression_ratio=16,
        temporal_compression_ratio=4, downsample_match_channel=False, upsample_match_channel=False,
    )  # fmt: skip
    words = _words()
    words.chat_template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    qwen = Qwen2_5_VLTextConfig(
        hidden_size=16, intermediate_size=16, num_hidden_layers=3, num_attention_heads=2, num_key_value_heads=2,
        vocab_size=len(words), rope_parameters={"rope_type": "default", "rope_theta": 1e6, "mrope_section": [1, 1, 2]},
    )  # fmt: skip
    letters = ByT5Tokenizer()
    byt5 = T5Config(d_model=32, d_kv=8, d_ff=16, num_layers=1, num_heads=2, vocab_size=len(letters))
    return {
        "transformer": transformer,
        "vae": vae,
        "scheduler": FlowMatchEulerDiscreteScheduler(shift=7.0),
        "text_encoder": Qwen2_5_VLTextModel(qwen).eval(),
        "tokenizer": words,
        "text_encoder_2": T5EncoderModel(byt5).eval(),
        "tokenizer_2": letters,
        "guider": ClassifierFreeGuidance(guidance_scale=1.0),
    }


def hunyuan_video_15(_folder: Path) -> Any:
    from diffusers import HunyuanVideo15Pipeline

    return HunyuanVideo15Pipeline(**_hunyuan_video_15_parts("t2v"))


def hunyuan_video_15_from_a_picture(_folder: Path) -> Any:
    from diffusers import HunyuanVideo15ImageToVideoPipeline
    from transformers import SiglipImageProcessor, SiglipVisionConfig, SiglipVisionModel

    # 27 × 27 patches: the pipeline reckons with 729
    eye = SiglipVisionConfig(
        hidden_size=12, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=108, patch_size=4
    )
    return HunyuanVideo15ImageToVideoPipeline(
        **_hunyuan_video_15_parts("i2v"), image_encoder=SiglipVisionModel(eye).eval(),
        feature_extractor=SiglipImageProcessor(size={"height": 108, "width": 108}),
    )  # fmt: skip


PICTURES = {"StableDiffusionPipeline": stable_diffusion}
CLIPS = {
    "TextToVideoSDPipeline": model_scope,
    "AnimateDiffPipeline": animate_diff,
    "StableVideoDiffusionPipeline": stable_video,
    "CogVideoXPipeline": cog_video,
    "CogVideoXImageToVideoPipeline": cog_video_from_a_picture,
    "WanPipeline": wan,
    "WanImageToVideoPipeline": wan_from_a_picture,
    "LTXPipeline": ltx,
    "LTXImageToVideoPipeline": ltx_from_a_picture,
    "HunyuanVideoPipeline": hunyuan_video,
    "HunyuanVideoImageToVideoPipeline": hunyuan_video_from_a_picture,
    "HunyuanVideo15Pipeline": hunyuan_video_15,
    "HunyuanVideo15ImageToVideoPipeline": hunyuan_video_15_from_a_picture,
}
"""By the pipeline's class. README's table of local models says of these that they are run."""


def saved(make: Any, folder: Path) -> Path:
    """The pipeline with weights from a fixed seed, saved as its users would have it."""
    import torch

    torch.manual_seed(7)
    where = folder / make.__name__
    make(folder).save_pretrained(where, safe_serialization=True)
    (where / "README.md").write_text("---\nlicense: apache-2.0\ntags: [tiny]\n---\n# Tiny\n")
    return where
